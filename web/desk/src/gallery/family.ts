// A family in the middle of its registration. Invented names.
import type { Values } from '$procedure'

export const family = (): Values => ({
  exemption: 'none',
  persons: [
    {
      family_role: 'head',
      person: { family_name: 'Šiškauskaitė-Müller', given_names: 'Anna Lēna', birth_date: '1988-04-03', birth_place: 'Vilnius', sex: 'w', nationalities: ['000'], religion: 'rk', marital_status: 'VH', marital_status_since: '2015-05-00' },
      id_documents: [{ doc_type: 'PA', serial: 'LZ6311T47', issuing_authority: 'Stadt Musterstedt', valid_until: '2031-08-01', seen_original: true }],
    },
    { family_role: 'spouse', person: { family_name: 'Müller', given_names: 'Jörg', birth_date: '1986-11-12', birth_place: 'Musterstedt', sex: 'm', nationalities: ['000'], religion: 'ev', marital_status: 'VH' }, id_documents: [{ doc_type: 'PA' }] },
    { family_role: 'child', person: { family_name: 'Šiškauskaitė-Müller', given_names: 'Mia', birth_date: '2019-04-03', birth_place: 'Musterstedt', sex: 'w', nationalities: ['000'], religion: 'rk', marital_status: 'LD' }, custody: { custodians: 'joint', here: ['head', 'spouse'] } },
  ],
  new_dwelling: { ags: '99001001', street_key: '00101', postcode: '99101', city: 'Testhausen', house_no: 12 },
  dwelling_kind: 'ordinary',
  moved_in: '2026-11-05',
  previous_kind: 'germany',
  previous_dwelling: { ags: '99001002', postcode: '99102', city: 'Musterstedt', street: 'Dorfstraße', house_no: 7 },
  previous_kept: false,
})
