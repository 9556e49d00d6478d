POST /api/commands/appointment.move
{"id":"01ARZ3NDEKTSV4RRFFQ69G5F7d","payload":{"appointment_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","tour_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","at":"09:45"}}