-- Receipts by their number, with which their details begin: somebody comes with one in the hand.
CREATE INDEX case_finding_receipt ON case_finding(details) WHERE code = 'receipt';
