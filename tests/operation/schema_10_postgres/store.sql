CREATE ROLE wa_99001001_1dfad616 LOGIN PASSWORD 'SCRAM-SHA-256$4096:JthnfQdCQuY/ojMQvI5Ulw==$ATnMtfTeMYRfBum3pdsfdnbhaARzMo0AdDTIYIuauyk=:pbcIKe7ByIAhhVRqoCfqNRrqeWeGyxhbymTBUFJNNDY=';
CREATE DATABASE wa_99001001_1dfad616 OWNER wa_99001001_1dfad616 TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
REVOKE ALL ON DATABASE wa_99001001_1dfad616 FROM PUBLIC;
\connect wa_99001001_1dfad616
SET ROLE wa_99001001_1dfad616;
--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SELECT pg_catalog.set_config('search_path', '', false);



--
-- Name: appointment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.appointment (
    id text NOT NULL,
    version text NOT NULL,
    tour_id text NOT NULL,
    at_time text NOT NULL,
    minutes bigint NOT NULL,
    procedure text NOT NULL,
    person_id text,
    name text NOT NULL,
    birth_date text NOT NULL,
    note text NOT NULL,
    consent bigint NOT NULL,
    state text NOT NULL
);


--
-- Name: arrival; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.arrival (
    device_id text NOT NULL,
    tour_id text NOT NULL,
    device_seq bigint NOT NULL,
    command_id text NOT NULL,
    stream text NOT NULL,
    hash bytea NOT NULL,
    signatures bytea NOT NULL,
    arrived_at_ms bigint NOT NULL,
    clock_ahead bigint DEFAULT 0 NOT NULL
);


--
-- Name: case_document; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.case_document (
    id text NOT NULL,
    version text NOT NULL,
    case_id text NOT NULL,
    kind text NOT NULL,
    hash text NOT NULL,
    title text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    added_at_ms bigint NOT NULL,
    added_by text NOT NULL,
    original_seen bigint DEFAULT 0 NOT NULL,
    state text DEFAULT 'attached'::text NOT NULL,
    state_reason text,
    state_at_ms bigint,
    state_by text
);


--
-- Name: case_file; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.case_file (
    id text NOT NULL,
    version text NOT NULL,
    number text NOT NULL,
    procedure text NOT NULL,
    procedure_version bigint NOT NULL,
    status text NOT NULL,
    channel text NOT NULL,
    tour_id text,
    appointment_id text,
    person_id text,
    title text NOT NULL,
    opened_at_ms bigint NOT NULL,
    opened_by text NOT NULL,
    submitted_at_ms bigint,
    decided_at_ms bigint,
    form text NOT NULL,
    signed_hash text,
    decision text
);


--
-- Name: case_finding; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.case_finding (
    id text NOT NULL,
    version text NOT NULL,
    case_id text NOT NULL,
    code text NOT NULL,
    state text NOT NULL,
    details text NOT NULL,
    note text
);


--
-- Name: command_done; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.command_done (
    command_id text NOT NULL,
    name text NOT NULL,
    outcome text NOT NULL,
    answer text NOT NULL,
    at_ms bigint NOT NULL
);


--
-- Name: conflict; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.conflict (
    id text NOT NULL,
    version text NOT NULL,
    command_id text NOT NULL,
    stream text NOT NULL,
    subject_table text NOT NULL,
    subject_id text NOT NULL,
    field text NOT NULL,
    title text NOT NULL,
    here_value text NOT NULL,
    here_at_ms bigint NOT NULL,
    here_by text NOT NULL,
    here_origin text NOT NULL,
    there_value text NOT NULL,
    there_at_ms bigint NOT NULL,
    there_by text NOT NULL,
    there_origin text NOT NULL,
    state text NOT NULL,
    decision text,
    decided_by text,
    decided_at_ms bigint,
    reason text
);


--
-- Name: device; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.device (
    id text NOT NULL,
    version text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    code_hash bytea,
    code_expires_ms bigint DEFAULT 0 NOT NULL,
    code_tries bigint DEFAULT 0 NOT NULL,
    certificate bytea,
    certificate_until_ms bigint,
    fingerprint bytea,
    sign_key bytea,
    next_certificate bytea,
    next_fingerprint bytea,
    next_until_ms bigint
);


--
-- Name: device_chain; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.device_chain (
    device_id text NOT NULL,
    tour_id text NOT NULL,
    device_seq bigint NOT NULL,
    hash bytea NOT NULL,
    last_contact_ms bigint NOT NULL
);


--
-- Name: document; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.document (
    hash text NOT NULL,
    size bigint NOT NULL,
    chunk_count bigint NOT NULL,
    chunks_held bigint NOT NULL,
    verified bigint DEFAULT 0 NOT NULL
);


--
-- Name: document_chunk; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.document_chunk (
    hash text NOT NULL,
    "position" bigint NOT NULL,
    bytes bytea NOT NULL
);
ALTER TABLE ONLY public.document_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;


--
-- Name: document_upload; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.document_upload (
    hash text NOT NULL,
    size bigint NOT NULL,
    added_at_ms bigint NOT NULL,
    at_hub bigint DEFAULT 0 NOT NULL
);


--
-- Name: draft; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.draft (
    case_id text NOT NULL,
    form text NOT NULL,
    saved_at_ms bigint NOT NULL,
    saved_by text NOT NULL
);


--
-- Name: dwelling; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.dwelling (
    id text NOT NULL,
    version text NOT NULL,
    person_id text NOT NULL,
    status text NOT NULL,
    current bigint NOT NULL,
    moved_in text DEFAULT ''::text NOT NULL,
    moved_out text DEFAULT ''::text NOT NULL,
    registered_on text DEFAULT ''::text NOT NULL,
    deregistered_on text DEFAULT ''::text NOT NULL,
    ags text DEFAULT ''::text NOT NULL,
    postcode text DEFAULT ''::text NOT NULL,
    city text DEFAULT ''::text NOT NULL,
    district text DEFAULT ''::text NOT NULL,
    street_key text DEFAULT ''::text NOT NULL,
    street text DEFAULT ''::text NOT NULL,
    house_no bigint DEFAULT 0 NOT NULL,
    house_letter text DEFAULT ''::text NOT NULL,
    sub_no text DEFAULT ''::text NOT NULL,
    addition text DEFAULT ''::text NOT NULL,
    floor text DEFAULT ''::text NOT NULL,
    apartment_no text DEFAULT ''::text NOT NULL,
    country text DEFAULT ''::text NOT NULL,
    foreign_lines text DEFAULT '[]'::text NOT NULL,
    address_key text DEFAULT ''::text NOT NULL,
    lessor text DEFAULT '{}'::text NOT NULL,
    source_case text DEFAULT ''::text NOT NULL,
    source text DEFAULT ''::text NOT NULL
);


--
-- Name: dwelling_history; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.dwelling_history (
    id text NOT NULL,
    version text NOT NULL,
    person_id text NOT NULL,
    dwelling_id text NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    new_value text NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    recorded_at_ms bigint NOT NULL,
    recorded_by text NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    sheet text NOT NULL
);


--
-- Name: inbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.inbox (
    id text NOT NULL,
    version text NOT NULL,
    message_id text NOT NULL,
    message_type text NOT NULL,
    type_version bigint NOT NULL,
    sender text NOT NULL,
    answers text NOT NULL,
    sent_at text NOT NULL,
    received_at_ms bigint NOT NULL,
    case_id text DEFAULT ''::text NOT NULL,
    person_id text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    problem text DEFAULT ''::text NOT NULL,
    candidates text DEFAULT '[]'::text NOT NULL,
    needs_release bigint DEFAULT 0 NOT NULL,
    settled_by text DEFAULT ''::text NOT NULL,
    settled_at_ms bigint,
    note text DEFAULT ''::text NOT NULL,
    payload text NOT NULL
);


--
-- Name: journal; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.journal (
    seq bigint NOT NULL,
    at_ms bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    command_id text NOT NULL,
    actor text NOT NULL,
    device text NOT NULL,
    place text NOT NULL,
    reason text NOT NULL,
    outcome text NOT NULL,
    payload_digest bytea NOT NULL,
    rows_digest bytea NOT NULL,
    hash bytea NOT NULL
);


--
-- Name: journal_row; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.journal_row (
    seq bigint NOT NULL,
    table_name text NOT NULL,
    row_id text NOT NULL,
    digest bytea NOT NULL
);


--
-- Name: journal_subject; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.journal_subject (
    subject_type text NOT NULL,
    subject_id text NOT NULL,
    seq bigint NOT NULL
);


--
-- Name: loss; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.loss (
    id text NOT NULL,
    version text NOT NULL,
    device_id text NOT NULL,
    kind text NOT NULL,
    noticed_on text NOT NULL,
    place text NOT NULL,
    circumstances text NOT NULL,
    police_office text NOT NULL,
    police_number text NOT NULL,
    inventory text NOT NULL,
    reported_at_ms bigint NOT NULL,
    reported_by text NOT NULL,
    destroyed_at_ms bigint
);


--
-- Name: number_block; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.number_block (
    id text NOT NULL,
    version text NOT NULL,
    kind text NOT NULL,
    series text NOT NULL,
    next_number bigint NOT NULL,
    last_number bigint NOT NULL,
    holder text NOT NULL,
    state text NOT NULL
);


--
-- Name: outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox (
    id text NOT NULL,
    version text NOT NULL,
    recipient text NOT NULL,
    message_type text NOT NULL,
    case_id text DEFAULT ''::text NOT NULL,
    person_id text DEFAULT ''::text NOT NULL,
    law text NOT NULL,
    due_on text NOT NULL,
    interactive bigint DEFAULT 0 NOT NULL,
    created_at_ms bigint NOT NULL,
    state text NOT NULL,
    state_at_ms bigint NOT NULL,
    handed_over_at_ms bigint,
    acknowledged_at_ms bigint,
    attempts bigint DEFAULT 0 NOT NULL,
    problem text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    answers text DEFAULT ''::text NOT NULL,
    replaces text DEFAULT ''::text NOT NULL,
    answer_due_on text DEFAULT ''::text NOT NULL,
    answered_by text DEFAULT ''::text NOT NULL,
    answer_missed bigint DEFAULT 0 NOT NULL,
    payload text NOT NULL
);


--
-- Name: outgoing; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outgoing (
    device_seq bigint NOT NULL,
    command_id text NOT NULL,
    stream text NOT NULL,
    name text NOT NULL,
    envelope bytea NOT NULL,
    hash bytea NOT NULL,
    state text NOT NULL,
    answer text,
    at_ms bigint NOT NULL
);


--
-- Name: passkey; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.passkey (
    id text NOT NULL,
    version text NOT NULL,
    user_id text NOT NULL,
    credential bytea NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    name text NOT NULL,
    added_at_ms bigint DEFAULT 0 NOT NULL,
    used_at_ms bigint
);


--
-- Name: person; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person (
    id text NOT NULL,
    version text NOT NULL,
    status text NOT NULL,
    family_name text NOT NULL,
    birth_name text DEFAULT ''::text NOT NULL,
    given_names text DEFAULT ''::text NOT NULL,
    rufname_index bigint DEFAULT 0 NOT NULL,
    single_name bigint DEFAULT 0 NOT NULL,
    former_names text DEFAULT '[]'::text NOT NULL,
    doctorate text DEFAULT ''::text NOT NULL,
    religious_name text DEFAULT ''::text NOT NULL,
    artist_name text DEFAULT ''::text NOT NULL,
    birth_date text NOT NULL,
    birth_place text DEFAULT ''::text NOT NULL,
    birth_country text DEFAULT ''::text NOT NULL,
    sex text DEFAULT ''::text NOT NULL,
    nationalities text DEFAULT '[]'::text NOT NULL,
    religion text DEFAULT ''::text NOT NULL,
    marital_status text DEFAULT ''::text NOT NULL,
    marital_status_since text DEFAULT ''::text NOT NULL,
    marital_status_place text DEFAULT ''::text NOT NULL,
    marital_status_country text DEFAULT ''::text NOT NULL,
    tax_id text DEFAULT ''::text NOT NULL,
    azr_number text DEFAULT ''::text NOT NULL,
    order_mark text DEFAULT ''::text NOT NULL,
    blocks text DEFAULT '[]'::text NOT NULL,
    objections text DEFAULT '[]'::text NOT NULL,
    death_date text DEFAULT ''::text NOT NULL,
    death_place text DEFAULT ''::text NOT NULL
);


--
-- Name: person_document; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person_document (
    id text NOT NULL,
    version text NOT NULL,
    person_id text NOT NULL,
    doc_type text NOT NULL,
    serial text NOT NULL,
    issuing_authority text NOT NULL,
    issuing_country text NOT NULL,
    issue_date text NOT NULL,
    valid_until text NOT NULL,
    state text NOT NULL
);


--
-- Name: person_history; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person_history (
    id text NOT NULL,
    version text NOT NULL,
    person_id text NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    new_value text NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    recorded_at_ms bigint NOT NULL,
    recorded_by text NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    sheet text NOT NULL
);


--
-- Name: person_search; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person_search (
    key text NOT NULL,
    first text NOT NULL,
    second text NOT NULL,
    person_id text NOT NULL
);


--
-- Name: quarantine; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quarantine (
    command_id text NOT NULL,
    device_id text NOT NULL,
    tour_id text NOT NULL,
    device_seq bigint NOT NULL,
    name text NOT NULL,
    stream text NOT NULL,
    envelope bytea NOT NULL,
    code text NOT NULL,
    details text NOT NULL,
    arrived_at_ms bigint NOT NULL,
    state text NOT NULL,
    settled_by text,
    settled_at_ms bigint,
    reason text
);


--
-- Name: received_form; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.received_form (
    id text NOT NULL,
    version text NOT NULL,
    case_id text NOT NULL,
    person_index bigint NOT NULL,
    state text NOT NULL,
    office text NOT NULL,
    request_key text NOT NULL,
    message_id text DEFAULT ''::text NOT NULL,
    requested_at_ms bigint NOT NULL,
    requested_by text NOT NULL,
    received_at_ms bigint,
    form text DEFAULT ''::text NOT NULL
);


--
-- Name: relation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.relation (
    id text NOT NULL,
    version text NOT NULL,
    person_id text NOT NULL,
    kind text NOT NULL,
    other_id text NOT NULL,
    family_name text NOT NULL,
    given_names text NOT NULL,
    birth_date text NOT NULL,
    note text NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL
);


--
-- Name: retrieval_log; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.retrieval_log (
    id text NOT NULL,
    version text NOT NULL,
    direction text NOT NULL,
    office text NOT NULL,
    case_id text NOT NULL,
    person_id text NOT NULL,
    by_user text NOT NULL,
    at_ms bigint NOT NULL,
    result text NOT NULL,
    erase_after text NOT NULL
);


--
-- Name: schema_step; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_step (
    name text NOT NULL,
    applied_at_ms bigint
);


--
-- Name: setting; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.setting (
    key text NOT NULL,
    value text NOT NULL
);


--
-- Name: site; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.site (
    id text NOT NULL,
    version text NOT NULL,
    name text NOT NULL,
    street text NOT NULL,
    postcode text NOT NULL,
    city text NOT NULL,
    contact text NOT NULL,
    line_verdict text NOT NULL
);


--
-- Name: street; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.street (
    id text NOT NULL,
    version text NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    form text NOT NULL,
    postcode text NOT NULL,
    city text NOT NULL,
    district text NOT NULL,
    ranges text NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL
);


--
-- Name: task; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.task (
    id text NOT NULL,
    version text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    title text NOT NULL,
    case_id text,
    person_id text,
    due_on text,
    state text NOT NULL,
    scheduled_at text,
    place text,
    note text,
    created_at_ms bigint NOT NULL,
    created_by text NOT NULL,
    closed_at_ms bigint,
    closed_by text,
    result text
);


--
-- Name: tour; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tour (
    id text NOT NULL,
    version text NOT NULL,
    site_id text NOT NULL,
    day text NOT NULL,
    from_time text NOT NULL,
    until_time text NOT NULL,
    staff text NOT NULL,
    device_id text NOT NULL,
    exception text NOT NULL,
    state text NOT NULL,
    checked_out_ms bigint,
    expires_ms bigint,
    checked_in_ms bigint,
    wiped_ms bigint,
    former_devices text
);


--
-- Name: user_account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_account (
    id text NOT NULL,
    version text NOT NULL,
    login text NOT NULL,
    name text NOT NULL,
    roles text NOT NULL,
    state text NOT NULL,
    password_hash text,
    failed_tries bigint DEFAULT 0 NOT NULL,
    locked_until_ms bigint DEFAULT 0 NOT NULL,
    sign_key bytea,
    seal_key bytea,
    wrapped_seed bytea,
    pin_auth bytea
);


--
-- Name: zone_datum; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.zone_datum (
    id text NOT NULL,
    version text NOT NULL,
    person_id text NOT NULL,
    zone bigint NOT NULL,
    purpose text NOT NULL,
    field text NOT NULL,
    sheet text NOT NULL,
    value text NOT NULL,
    recorded_at_ms bigint NOT NULL,
    source text NOT NULL
);


--
-- Data for Name: appointment; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.appointment (id, version, tour_id, at_time, minutes, procedure, person_id, name, birth_date, note, consent, state) FROM stdin;
\.


--
-- Data for Name: arrival; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.arrival (device_id, tour_id, device_seq, command_id, stream, hash, signatures, arrived_at_ms, clock_ahead) FROM stdin;
\.


--
-- Data for Name: case_document; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.case_document (id, version, case_id, kind, hash, title, media_type, size, added_at_ms, added_by, original_seen, state, state_reason, state_at_ms, state_by) FROM stdin;
01M80ZX6QZEY7V1RE63HM2A7A2	01M80ZX6QXTRPMA2HA8RR6JRFH	01M80ZX6KJP0ZFYTYHGSDE6RK3	lessor_confirmation	53d5381221477a945222f65052396ca61ddd5f5ad7d96101633aa127006fdc76	Bestätigung	image/jpeg	3000	1795329792767	01M80ZX282A3HYCDPER4FMVKXV	1	attached	\N	\N	\N
01M80ZX6ZTZAV6RJWACN2NW440	01M80ZX6ZRHPT17EDGZ3ZDHWCC	01M80ZX6KJP0ZFYTYHGSDE6RK3	signature	98921f6a65cc033a695f1d7ea8dba2e9f1cb22d8e18ec3f4d57b542a8c993bff	Wéronika Łącka	image/png	0	1795329793018	01M80ZX282A3HYCDPER4FMVKXV	1	attached	\N	\N	\N
01M80ZX7DZK5ABEMTBFVQP156X	01M80ZX7DZGVWZYEJ14ZT99GP2	01M80ZX6KJP0ZFYTYHGSDE6RK3	letter.declaration	1eb095fa031b87d78256e309ebd46a9bf5bb58308940ca238ee6aeecfac0c9ac	declaration	application/pdf	37952	1795329793471	01M80ZX282A3HYCDPER4FMVKXV	0	attached	\N	\N	\N
01M80ZX7JQAMFQBE4TN3MC4C5P	01M80ZX7JQM4YPPN0P5A0SVCTQ	01M80ZX6KJP0ZFYTYHGSDE6RK3	letter.receipt	1148315bcad8f2f334c96eaefe0a943c823b4d4e3cbcadc444b936cd5dbfd5dc	receipt	application/pdf	24811	1795329793623	01M80ZX282A3HYCDPER4FMVKXV	0	attached	\N	\N	\N
\.


--
-- Data for Name: case_file; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.case_file (id, version, number, procedure, procedure_version, status, channel, tour_id, appointment_id, person_id, title, opened_at_ms, opened_by, submitted_at_ms, decided_at_ms, form, signed_hash, decision) FROM stdin;
01M80ZX6KJP0ZFYTYHGSDE6RK3	01M80ZX7PSR0W1WWE4FPZAEWCJ	Z-000001	residence.registration	2	booked	counter	\N	\N	01M80ZX7PZV2QVPMM27C6P7QKY	Wéronika Łącka	1795329792631	01M80ZX282A3HYCDPER4FMVKXV	1795329792821	1795329793759	{"delivery":"hand","dwelling_kind":"care_home","exemption":"none","lessor":{"lessor_address":{"ags":"99001001","city":"Testhausen","country_foreign":"000","house_no":4,"postcode":"99101","street":"Birkengrund"},"lessor_form":"paper","lessor_moved_in":"2026-11-02","lessor_name":"Haus Birkengrund gGmbH","lessor_persons":[{"family_name":"Łącka-M̂ẖőỳ","given_names":"Wéronika Zoë"}]},"moved_in":"2026-11-02","new_dwelling":{"ags":"99001001","city":"Testhausen","country_foreign":"000","house_no":3,"postcode":"99101","street_key":"00101"},"other_dwellings_asked":true,"persons":[{"family_role":"head","id_documents":[{"doc_type":"PA","issuing_authority":"Stadt Musterstedt","seen_original":true,"serial":"LZ6311T47","valid_until":"2031-08-01"}],"person":{"birth_country":"152","birth_date":"1941-04-03","birth_place":"Łódź","family_name":"Łącka-M̂ẖőỳ","given_names":"Wéronika Zoë","marital_status":"VW","nationalities":["000"],"religion":"rk","rufname_index":1,"sex":"w"}}],"previous_dwelling":{"ags":"99001002","city":"Musterstedt","country_foreign":"000","house_no":7,"postcode":"99102","street":"Dorfstraße"},"previous_kept":false,"previous_kind":"germany","previous_moved_out":"2026-11-02","privacy_notice_given":true,"signer":"person"}	d5482c0824debe8be088d8c90f1c2b03b11eb681c92ee60b83be2529b9303cde	booked
\.


--
-- Data for Name: case_finding; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.case_finding (id, version, case_id, code, state, details, note) FROM stdin;
01M80ZX6KJ07TWY7337GGNQ6PM	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.duplicates	ok	{}	\N
01M80ZX6KJ1E2FZAY0PE2BX73G	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.previous_dwelling	ok	{}	\N
01M80ZX6KJ2NSWZ5GEPGHJHKT2	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.back_dating	ok	{}	\N
01M80ZX6KJ4RA859CRCX403DZ8	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.deadline	hint	{"last_day":"2026-11-16","days":6,"problem":"residence.late"}	\N
01M80ZX6KJ57YDTEC7R2YDBDWV	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.family	ok	{}	\N
01M80ZX6KJ6AJP4EAT39ETDZ2F	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.street	ok	{}	\N
01M80ZX6KJC8X1NKQBDQRYA9D1	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.lessor	ok	{}	\N
01M80ZX6KJMX3WNWZ0P10N05SW	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.relations	ok	{}	\N
01M80ZX6KJRRQ96S5PC1W13BTE	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.names	ok	{}	\N
01M80ZX6KJS1G1DYJJ2V10YR3B	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.blocks_in_dwelling	ok	{}	\N
01M80ZX6KJSS7Y6JP99YARD7C7	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.id_document	ok	{}	\N
01M80ZX6KJSV656KQTMP71QJYA	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.same_lessor	ok	{"persons":1,"limit":20,"months":12}	\N
01M80ZX6KJW9G1PZ3GYVD9SF01	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.persons_in_dwelling	ok	{"persons":1,"limit":0}	\N
01M80ZX6KJXCS4Q65GMWMMK9JP	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.known_elsewhere	ok	{}	\N
01M80ZX6KJXXF7JX67T9J21YRQ	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.already_registered	ok	{}	\N
01M80ZX6KJZM1BEFQDVVNNZ803	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.one_main_dwelling	ok	{"dwellings":1,"ground":"only","status":"E"}	\N
01M80ZX71MG6P11GCDEY2AGKY4	01M80ZX70DHGQ0HBER4Z42QCSF	01M80ZX6KJP0ZFYTYHGSDE6RK3	handed_over.privacy_notice	done	{"way":"paper","at":"2026-11-22T06:43:13.076Z"}	\N
01M80ZX7EYNKH7GGMHC9AY4D9K	01M80ZX7EXBZG497YN5W5AS2ZF	01M80ZX6KJP0ZFYTYHGSDE6RK3	handed_over.declaration	done	{"way":"paper","at":"2026-11-22T06:43:13.502Z"}	\N
01M80ZX7G0JW5767TMBFB6QWV1	01M80ZX7FGF39ZHT043J4E2VD2	01M80ZX6KJP0ZFYTYHGSDE6RK3	receipt	done	{"number":"Z-000001","at":"2026-11-22T06:43:13.536Z"}	\N
01M80ZX7KZP0JE0MTWVC8WSAG1	01M80ZX7KYNQV3FRA54YF8HJWR	01M80ZX6KJP0ZFYTYHGSDE6RK3	handed_over.receipt	done	{"way":"paper","at":"2026-11-22T06:43:13.663Z"}	\N
01M80ZX7PZ1WN3ENSVCHN99NDR	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	booking	done	{"command_id":"01M80ZX7PSR0W1WWE4FPZAEWCJ","persons":[{"index":0,"person_id":"01M80ZX7PZV2QVPMM27C6P7QKY","dwelling_id":"01M80ZX7PZ9VKZ5VTZWM7ER8SA","is_new":true}]}	
01M80ZX7PZ7FMMEN1JR283TPK9	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX6KJP0ZFYTYHGSDE6RK3	residence.auswertung.99001002	waiting	{"from":"Meldebehörde 99001002","due_on":"2026-11-30","messages":[{"message_id":"01M80ZX7PZAD0FC22B0XVK5PW2","person_id":"01M80ZX7PZV2QVPMM27C6P7QKY"}]}	\N
\.


--
-- Data for Name: command_done; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.command_done (command_id, name, outcome, answer, at_ms) FROM stdin;
01M80ZWYRK1QPW65YPTQAZGYWV	numbers.lease	done	{"block_id":"01M80ZWYRK0F5YTVTFCRNHQZYT"}	1795329784595
01M80ZWYSKD8GCZKN1F6H3E8MS	numbers.lease	done	{"block_id":"01M80ZWYSK6M39J5TW1ZS52R66"}	1795329784627
01M80ZX06TQ67J9C71JDAG9TM7	user.create	done	{"user_id":"01M80ZX06TW0JE54FWGD8SKCF8"}	1795329786074
01M80ZX282BM431K31DWNC0BQC	user.create	done	{"user_id":"01M80ZX282A3HYCDPER4FMVKXV"}	1795329788162
01M80ZX2WQ1EEH79C6281QB6TK	residence.set_streets	done	{"count":1}	1795329788823
01M80ZX6JAA2QSZZCK8PZBCS3G	user.note_try	done	{}	1795329792586
01M80ZX6KJP0ZFYTYHGSDE6RK3	case.open	done	{"case_id":"01M80ZX6KJP0ZFYTYHGSDE6RK3","number":"Z-000001"}	1795329792631
01M80ZX6QXTRPMA2HA8RR6JRFH	case.attach	done	{"document_id":"01M80ZX6QZEY7V1RE63HM2A7A2"}	1795329792767
01M80ZX6S4DB64MSTDAGJ8V67T	case.submit	done	{"form_hash":"d5482c0824debe8be088d8c90f1c2b03b11eb681c92ee60b83be2529b9303cde","notices":[],"evidence":["lessor_confirmation"]}	1795329792821
01M80ZX6ZRHPT17EDGZ3ZDHWCC	case.sign	done	{"signed_at":"2026-11-22T06:43:13.018Z"}	1795329793018
01M80ZX70DHGQ0HBER4Z42QCSF	case.hand_over	done	{}	1795329793076
01M80ZX7DZGVWZYEJ14ZT99GP2	case.attach	done	{"document_id":"01M80ZX7DZK5ABEMTBFVQP156X"}	1795329793471
01M80ZX7EXBZG497YN5W5AS2ZF	case.hand_over	done	{}	1795329793502
01M80ZX7FGF39ZHT043J4E2VD2	case.issue_receipt	done	{"number":"Z-000001"}	1795329793536
01M80ZX7JQM4YPPN0P5A0SVCTQ	case.attach	done	{"document_id":"01M80ZX7JQAMFQBE4TN3MC4C5P"}	1795329793623
01M80ZX7KYNQV3FRA54YF8HJWR	case.hand_over	done	{}	1795329793663
01M80ZX7MCFG67JZKKMH8PGWMW	case.precheck	done	{"status":"prechecked","findings":[{"code":"residence.duplicates","state":"ok","details":{}},{"code":"residence.already_registered","state":"ok","details":{}},{"code":"residence.known_elsewhere","state":"ok","details":{}},{"code":"residence.relations","state":"ok","details":{}},{"code":"residence.one_main_dwelling","state":"ok","details":{"dwellings":1,"ground":"only","status":"E"}},{"code":"residence.previous_dwelling","state":"ok","details":{}},{"code":"residence.persons_in_dwelling","state":"ok","details":{"persons":1,"limit":0}},{"code":"residence.same_lessor","state":"ok","details":{"persons":1,"limit":20,"months":12}},{"code":"residence.blocks_in_dwelling","state":"ok","details":{}},{"code":"residence.family","state":"ok","details":{}},{"code":"residence.street","state":"ok","details":{}},{"code":"residence.lessor","state":"ok","details":{}},{"code":"residence.id_document","state":"ok","details":{}},{"code":"residence.names","state":"ok","details":{}},{"code":"residence.deadline","state":"hint","details":{"last_day":"2026-11-16","days":6,"problem":"residence.late"}},{"code":"residence.back_dating","state":"ok","details":{}}]}	1795329793683
01M80ZX7PSR0W1WWE4FPZAEWCJ	residence.book	done	{"person_id":"01M80ZX7PZV2QVPMM27C6P7QKY","dwelling_id":"01M80ZX7PZ9VKZ5VTZWM7ER8SA","persons":[{"index":0,"person_id":"01M80ZX7PZV2QVPMM27C6P7QKY","dwelling_id":"01M80ZX7PZ9VKZ5VTZWM7ER8SA","is_new":true,"status":"E"}],"registered_on":"2026-11-22"}	1795329793759
\.


--
-- Data for Name: conflict; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.conflict (id, version, command_id, stream, subject_table, subject_id, field, title, here_value, here_at_ms, here_by, here_origin, there_value, there_at_ms, there_by, there_origin, state, decision, decided_by, decided_at_ms, reason) FROM stdin;
\.


--
-- Data for Name: device; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.device (id, version, name, kind, state, code_hash, code_expires_ms, code_tries, certificate, certificate_until_ms, fingerprint, sign_key, next_certificate, next_fingerprint, next_until_ms) FROM stdin;
\.


--
-- Data for Name: device_chain; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.device_chain (device_id, tour_id, device_seq, hash, last_contact_ms) FROM stdin;
\.


--
-- Data for Name: document; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.document (hash, size, chunk_count, chunks_held, verified) FROM stdin;
1148315bcad8f2f334c96eaefe0a943c823b4d4e3cbcadc444b936cd5dbfd5dc	24811	1	1	1
1eb095fa031b87d78256e309ebd46a9bf5bb58308940ca238ee6aeecfac0c9ac	37952	1	1	1
53d5381221477a945222f65052396ca61ddd5f5ad7d96101633aa127006fdc76	3000	1	1	1
98921f6a65cc033a695f1d7ea8dba2e9f1cb22d8e18ec3f4d57b542a8c993bff	1013	1	1	1
\.


--
-- Data for Name: document_chunk; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.document_chunk (hash, "position", bytes) FROM stdin;
1148315bcad8f2f334c96eaefe0a943c823b4d4e3cbcadc444b936cd5dbfd5dc	0	\\x255044462d312e370a25bff7a2fe0a312030206f626a0a3c3c202f54797065202f4f626a53746d202f4c656e6774682031373630202f46696c746572202f466c6174654465636f6465202f4e203531202f466972737420333833203e3e0a73747265616d0a789cdd586d73e23610fede5fb11fc9b4044bb264fbe6263309e485e6ee9201eed2b934d3714010b760535b3497ffdb1fd25dc906920021dc5d3bd338f845de5ded3e7eb45a898307027c1f7ce0c207094244a0404402026c0e2004e93188404a09cc03853fc640291f1887402a6002421602f321f2504442448df8efa11c0bf01a082001a6503542356ce778cb95028e228287c0391a40258ea2be0a80a379890f9c2c86123899443b1ced05f8125558107ac0d15ee87310641a4f02ed452103c1b10b116034788d22c0d0380bf1194d711182c0ae78e4038a7021b11d5df031120c9efb2a021f4d4b15828fa6488fba88d06f1fb1f2fcd00266db25de52bbc27f348280f9216283221201001f81c3401143bc867865204580578e8006fe0f6fdf42a399cd52030c1ae7c9a0806bfc1c1e74e0061abd87a986c6653cd2051c1c94b2a9d1a929d08a956a9ce6d96c0af655171a2dfd57d2d79dd32368b4c1e43354c7d65e1ea7c534ce75da7fa8ac3abd830368bcd783243ecabe60cf1e1e3292fb3c90326210fa6c3f0ca300e3b9213fd08001eefaede8229be57df40c21b32d5decaf6f9c54814d4bee57de9f631fd24a2b7b0eec39b467678579eec2ec45a80a8a4b42d275835166fdd9847c29bb703d1f8ff564d19167759ccae5a8c494942f3769b19db4f84e5a62272d7f9dd619dba42677eaec9ac6b8fd1eee4370f775b833c4dd87137ce923cdedf6e2dbb17ec1b6f382f90bfdf2bb5b039df5da8796f017f35ebafd8c043bd9bd65f439d28b8cf115f1f6ce367e7f59aacc9549a5b54925b0d2bb40ebd8cfc26f1f7e688da9d7871fcdc3575b861f59e9f0f5e173172be7df3e7c66077f49d6d7c4cf45157fa5fc62fccca60cbe8a6a2f01e0b8c6d57700c06624be8a942f0010cc01f0b705c0e631be8a6c2f01e0d826bcef00804d937c152d370320d81c80705b006c6e15abd8f60200c2498aef900099cd80e2f51950cc33a0d83603329b02c50e295038ba89a514b8a05d57f737cef0cc6639f16ae2b16817bde32fe6b46b62a32df2b1e74aae43aa18fa319e117642fe04eb33fb6a58f7ea1e9591d6f6b0cee8892d9e189594f464156d174771a1ad7ee3ecbc7bfcb9f9e387cc645d2cddea47d978802ea4fd6c90a423685c25e9615a248b8693242f4cf32ecee9ab59275abae8e7c9d46439d5aab6db777129c391db8deeecd6d8587b5826baa87bd9c73441931a64a9e2da9d5357c9c0dc517dca9507eb0f1eca0d6f9f1e0122249fd98b7cf1e85906d15a0bcaf341e14892acbc62e12ab032a77b4595bd47fe284ce8741785dcb67af63de9fb1196ec485ed7faff3d08a79be754bbf8f4b173fc7141b58e1ecdc6c891ddd956269005db70adf302db4a9557b28de3fa4ce0cc4b57e2087ff6f39edc39c9254c68ad2be92ec0fc2da52adb85a8f8167901044b1e485ad0a15c801385f2f0bd28db6d1f4b720adfe3cce0879ebd4a45238aee14e62d2eadc7b428c5bb48b856e5b99143eb501f192fac0d5a7f871084ce373f588d4510b1ff9c615f73105e8b7b7f7ede7c103a2b38fdcbe9c5d5cfbd159c269aea7410a78604895dbe9b816e96f9de1ee0da32310ff5b365dee2d97b44da720259222d3ab2edfab65cfa38e16a25e044aac2d8895455a213a94aa672795cd60f4ee4c964eaea048ad760af0a27bd663c3dd3c9e8ae7a766818a8f3086bb893713c2ae603fac86d08d4154e1e75114698d691ed56efc6499cc49364fc0035421908e6bdb23d196b1a730e1d6af9104ff4ba39ad6de271d23f4c4758c57834efeac91984e5dd277bb7007829cb5475d0daf8822de343b41fc5176c195ff834beb589f4df0ed1ff4611464f235c3bacbe32c22d066eb3ddea3e1468ad9d0e3357fbe6039dd370ad55c3758f36a5464961728ce97090ddea3d1abfd32956718491670b34b4d4cb4edbadf7f17431d29f4f62d5f2b71afea8462214067f3251d97db36b3b1b485c355599accae81287fccd224b7d984d0aabe157db7c4bf5f062216077d17ab9d6b493b894675c614a2f3a59662add77310131d0f5d631c6fc3eceff98e3440f7ae0f602dd6e9f8907b18941b94cd4b89899e9ccb4cb6dc56bda999c3b411b8fd52ae071c7d56e9cf3aa8906c719a6ce4f89bed7f965ae879a761b519d7c6825c5741c3fb4b27e2f31c891ca998ae133738798d77aba3077f1acd02906d1cc756c922c6d51c95d6bbde11e578c71eed9bfcf9504e95dc52972219e188a3d1bacd7b8ccb3c1acaf9755e0d75a3f4ef2ec27f8733a18feba672973fb3b2d3d6a9feb5693619bf3bb763c990e11eae2163dfddb24a3593adaaba240f61887257633c42104aa2cf7edb7a815b42bdb3e6e2a162955e7fb64d6c937b3749050ac8e8ec3843c5c255ed1db0ec7da9d31d3378dc6fdfdfd7e3f1b67f97e968ff6ec32e6b4d7fdedb2757238df115cfec6e4ef3feaa6f75d656e6473747265616d0a656e646f626a0a35332030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e6774682031363330203e3e0a73747265616d0a789c9d58596fdb46107ee7afd8470988d77b1f8561208e8d26051cb4b5da0089f3405bd4118b54aaa329f2eb3b4b2dc55991721c3996228e38dfcc7c73ecd09c30f877c6e1cd294e9df3d628f25866ff64e7bf938b0b727efbe6dd357c7b7949aeaedf648c722608bc7315dea524ab2939cf1999aeb3ab51c66dc4b3c432ea8ce14a1023a8635e0b474665763e3963678c70329a649f06a3a1658362bd99e5db75510d3f8f7ecb6e46d9cded9bc43a6fac872f8207dc1bf0984a2bb4f2f0c132ed9c08aed4562de14c52653451c652cb35e1d43b4556059924c0a20d4b6a19109d8377257dc082786238381a2e34f55273de84c39b7006af9f3645f5bd983fce2096d197104a2f5f00ec77c01e034b0bb7f5027f3c63e18747d0437ee48bc3901c72ccc125f55c1cd7f9665bbe34000c793c0221e01b2a98303886b7bc0d4235418432d2b18c34e6c779ca2d83abc33a1adc945f2779355d3f4029dd4ba536f3e9b69a1e614b63432c1a62c890e08632ed1594d641189f061fe62b32cb1f8a8abc9bad86028a97bcaeca6231067ba49857c58a7c180a3e58ceaa5a526da6c5b4a8e0775996454571898341098152a743313bcbc99fbfc20743be658cfc06af2fd9a7cf2060641c1cbd6d8a5b48b8c9919268e9a886ba8f8205b9cbce476fdb48cd8feaa2a70a85525468e695eee4f0fd16425891f1bc58c37f572fe1da3e3b37d2040861a8b5dc68553ba17daf133dadd0cb63c395e6d4788fc98a920e5bee14b68ca6c23223bb95f277a88ee56ac8d9600ab5796cb6f9131902c386f718fe6982ac8009991014251d82383b852167a8f04cf26e2a6f0e9a83e4e59132e2fc4496c0b891bdc6db81f48a30fb8b92e42f68e81772e625b532e9c028e972f6c323a68733c92c95bcdb7f79591c23489e4650b0643ae4c0980bc57b0fa7433de396d5fc29271f97f72182ba90ebbbf9eeee8b506df01297e05be2f0e3537e161c3ebffb9a57b5b3af1f37db7c312afedb908b49319930a6c64c826ae3fee076d8a044781ea2b0c6876470eb98b06434ae8dca6010a8d49a5947ce0ebf56e1eb4054b8d0f032f0b2972f4bb1e48a5a23508a1b4937c5ea94140b47a5f0c6f590ffbed816a4cec0ee1439ba16e913930eb68de9b77d355f3d4147aeb6d598c857c47b58b6c8f12ded590aa5a6d6714c619474293ce5a492ca537849db1d2cf3eafb76facc3839f1580a168debb3d8b7dd3ccb8d36b01327dc4449e086c16266a1e841cd6b138a1b3e58af385e71a59561addeafb826cc0cb1db715fb4233700b09d4b93a8275cb99fe0cac1a1c48c80d3557a43a511da77967ed82ed764bede90a7b02e4192368bb030935b58a28a7481a3c7f2e7fb57b8d6bce22146641e95385adca6f526f7ada80563f8582d1f67a49c6fc8b828771eadc236574cc161d879f20738b06a772b4aaef32a87bb1f8aa7dde975372fc26e4486596890e0110dfbcb381b3c1b63ad57de4babd6ebe001dcb859834ff36070b3ad30096195a771370e1fa0faa142183cb911c7a08e74688d4e71de052cf8fcefb2227cbfd6f7f719d4baf78e451bfb2b78960a7c1a6b6b4352b03e43bbd5e347135f86d1cddb897f2f981ec6511d3cab4d83373b9b9258eba90a876da87409ce44c1a215784b3d33b524eaec25b34c19479948701cb53040104e14209ca88371a06f383c45b63820f00ce3348216a7d14970643d05110e3c89298e71a200e1449d0407961b93f8e3a045313f8d00e1441d8ce3181546201c1040e3b430f1ba45693412140e2306b3ec045502b3d308104ed44970e441d6a1abd3ac37028423bb5987d52fcdba73387d8b5680704c37ebf0d46904ce9687aec130f11aa1440d8ce2396509c7d0b9a2756fd10a5a9c4627c191b854020e1c1b98e4788d50e4412d0514181e0a73e35dfd07120413050827ea24383ecdb9669c728572b517201cdfc9b966a23e03118ec2c95bb482bdd65e27c1d154198e714cdaa17b01c2893a098e4d730ecfc3387d8b5680706c27eb1a4e21f01ce1c096e0137e1a418bd3e82438120635e61976512714c68902841375121c9376bae6162770d10a108ee9f4bae60eb776c0f1b86917ad00e1b883ee071cc1a19331cff05496a42b5eb7288d4682a2d2b9ac853dc856234038aa3397c35dc95cd6b027e35ced2e1186edcc642d3c6eebb0de313ca417ad00e1f883ce071c297082038e4a3b742f68711a9d04471f74a834e954de0b108eee7668f8cb5e5bb8cdda6a304e14201c7bd0fb3d3893ec8fec7f4413e126656e6473747265616d0a656e646f626a0a35342030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e67746820333335203e3e0a73747265616d0a789c5d924d6f83300c86eff9153e76878a8fa5a19522a4a9bb70d887c6f60320311dd20851a007fefde2b8eaa41dc04fdebcb69c38d9b9796edcb842f61e66d3e20ac3e86cc065be0683d0e36574a228c18e66bdadd2df4c9d17594c6eb765c5a971c32cb486ec236e2e6bd860f764e71e1f0400646fc16218dd05765fe796a5f6eafd0f4ee856c8455d83c521967be9fc6b3721642979dfd8b83faedb3ea6fd393e378f50a675c12d99d9e2e23b83a17317143acf6bd0c3500b74f6df5e2939a51fcc7717843ec868cdf318845687c431085d3d268e21327baae439b2e7485c3017e4e1dc8a7215b28e9125eb32e996754bfe9cfd39e98a75455c3157c425731919b9074c3d9c583f517dd625e925d72c53cd9e3d3db16136c47c2e45e792dc8fa47e14d751a90ef71f035de0eda6e82a69e6f719996b08713ce961a4b9d0444687f7b7e3674f59e9fb05cc14a703656e6473747265616d0a656e646f626a0a35352030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e67746820343633203e3e0a73747265616d0a789c5d53bb8edb3010ecf9152c2fc541329f77806020b8342ef2409c7c804cad7c026249a0e5c27f1f0ec7b800296c8e46bbb3b3ab65f376f87298a74d373ff2928eb2e9719a872cd7e59693e8939ca759ed8c1ea6b43d9eea7fbaf4ab6a4af2f17edde47298c745759d6e7e9697d72ddff5d3e76139c927a5b56ebee741f2349ff5d3efb723a9e36d5dffc845e64db76abfd7838c45ee6bbf7eeb2fa29b9afc7c18cafb69bb3f97b47f11bfeeab68539f77b4949641ae6b9f24f7f35954d7b67bdd8de35ec93cfcf7ce3f524e637aefb3eadcae84b66d3954174e15974375d1555c8ec27bf21e588805313d637af0afe45f812db1057e217e29d833de23de0c15974375b6adb81c05d38f851f470fae7a201fc047fa89d50f7542d531cc35d0a74f039f36900ff010e9214287f1b1c6d3838187403e8077eccbd5be12f9044c6fa17aa3668066188947e4d283abb3e24c2266e2a8efa02fd411e878faf4f0e9d8a3438f86750dea5ad6b2a865394f8b795aea58e858d6b2a8e5a9e3a123ec45d08bf05b0bbeb5e30c5d9d21632c623c353d3423eb46d4f5d4f7d01fe96d84b748ff11fe5f50d7b426d4257c6c1bd611f7e663cfd32de7b2e2f572d5ddc6564fb37cdcbf755991557f7f0153e6e9d8656e6473747265616d0a656e646f626a0a35362030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e67746820323634203e3e0a73747265616d0a789c5d91cd6ac3300cc7ef7e0a1dbb43899d342d831018dd25877db06c0fe0d84a66581ce33887bcfd14a57430810d3f497f5992b36bf3dc7897207b8f93693141efbc8d384f4b34081d0ece0b95837526dd886f33ea203212b7eb9c706c7c3f89aa82ec8382738a2b1c9eecd4e1830080ec2d5a8cce0f70f8bab6bbab5d42f8c1117d0229ea1a2cf654ee4587573d22642c3e3696e22ead4792fd657cae012167567b4b66b238076d306a3fa0a824590d554f560bf4f65ffcb2abbade7cebc8d98ab2a53aa99a296792e54ec5460539994e44b994dd4e2591c2c7f34e67d695b72a178ef50577707b6beb655bdc7d50b3c44833f27679b86d2ce7f1fe01610a9b8acf2f19dc8134656e6473747265616d0a656e646f626a0a35372030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e677468312038373532202f4c656e6774682035303532203e3e0a73747265616d0a789ccd5a0b6c5bd7793ee7dccb4bea4d8a2f4994ac4b5e8992c54b499664c90fd9a649bd623d2ccb764c3ab6455a92edd852e357623bf19ca4491a575997649bb2a44d0a6f6b87ad08d64bb959dd01c3bc022d8a64eb5aa0ed3a342d86a5588b012bb26e2d5cac96f6fde752b29cd8190614d878419eff9cff3fe7fcaff3fde7ca669c3156cc9e620ad3a7e672a77ff0e21b3f61acbc8f317170eab1f3facebf58f71dc6dcd718e3e6b1d3c7e78eb6953cc398e76f21537a7cf6d2b1efbf79ac012bbcc958d9ab276672d3f59ffedc2b8cd57f1f63dd273050fabaf3b38ce96ef41b4ecc9dbfb865487b10fd2ef44fcc3e329563ece609f45f477f762e77f1b45872ff27636117fafae9b333a7c7072bfe1afd66ecef60821d41fb2bf136b475b2964413a414c194e34c702e0e3021f8a40a8aef66cca9395488291e87168c757ac29ec6b0277c847f66e955be71e91df1f6edee4e318df99cf9606b1bd674b250a24ae1983f89954e8e82798a8d793c1eb75a56130b1b1e6363d86ff0b93ff8aa087d558c5cb9027de2cbbf140dc2640156c752894409f62ee58a1023ccc1b870f0e34eaeaa2ca7c1cbe746b1aa92638a724619ab0a7216aa09d655d5b9cb8b9cd034c003aeb2408c7704fcfe7020d0d9d1dde3d73423128d6eeceaee0e4634676734cadbce3cbb744d0ceed8f8606b7366c7c495a19de7c7629b1ddfe61dc27cfac2d08e217fe09ccfbbedf291ec9389939bb676ec24fba0237f073a36b3d6442c04ed6a9d822b50892b23d046e4a01794e39c211aec0c1b6b341b236472a38f1468da28d5d9d8158d36b50a68d3d911083aa35123e2f70502c17582bff3e8f9cd13ebcd634d666345c7c6cea4fed8d1ce431be2cd438d49cf86f6b6bec63fda9ba9f03ce1aba9f197076a0381d8b6d691115ff09427d850e6aff279d76f93710842cfdf15afb02a96486c2be7425538130827233555e5390717429d64aa3a374afee447a1f2193ec699dfe7adf4b8cb4a5d1aabe2554eb8b1718dfb10b69e9e4e7fa7dff0f802bcabba355835d8b261343e38119b7cedb586b962e723c515faee01eedcd171eefce9a55fd5d733a9cf18f26240dc426c9b120d0a178c8f60f3590aa3f4d4b9514a96537ccce38d78a38eb250cceb4398bac9417e8fe1e932221ab59def3984ab66a223736a219dea5c5810879b7755b444271f5e7a9def78ecf081a5656c825c6a412e79449c8558943d9128afe62acc51548d734d1919b6aac7d3099d292eeed014c7c38cd2ca69a795a6f19cb05509251aee290226c9c9589f11639944755d2d6746b8365a170df83c152545c8c1100f151572d0633419d27f88774f0f620f5b9c4ddddd5e4d43d4291d36f2d68f3d7aa24e35c6fa1ec83efef864bcb97924bac13cb57b6853b3de9e14f1c9a34bbfbfcb6cde9f3eb05755aa62cd41cf4cb066e99ba2bd2952b7b92b6efb781836a744046770e42d845be10543bd0e550831378afc6447910274124389e0ca28fac45a49814ca20c433ee633bc0d1e0d99cbefe8efe9f4d80a7b44eaaccf55f35067fae4424b6b5f8788dcfed10085814f2ffdcd96dec307689b3b7137b1de11a9cc5b1e19fb10b52a1fc914349469a03ac49a448086323d25cbc1d77032090f67ee8af2b262171cede33e6dd5d11ee95c992841240f7fb6a0df82d45698769e6cdd2a1325028d49c783f8f90530ab84ad4f440173aa43518f4bfc8347005d0e079b5cc52f209856561b0b0300fd613a08fe30ffc5d20cb0f0d73fff3957c5db97dfb87c63d576e505d81e61c7bf54c55d7cd83636a47232c9a91529329d5c2e3ee95044c1e87a64d6dc6841a4487c4802d9c6995e5f170a06fcc8b5b2528978111e295ee384820fbad6fa8290068df8fbc3930b135b3b1626b6b79157aa0fb4f5ee0b945567569cf3d8bedd4b3f5b394be4a2a6f5e4269ca9b165b71891b1d4d9c76d5b8a3d3858459c3bc448487614bb53886b9d8dd88a66dbe170f01c2519c5f4110163c3c8bbb9d1bb60fd03329904ece4ac2ee4d7033ac5dce9a088afc0bb0daa0670be6025817be15075f12b87ce3e7668eb40c0e55ab8e4770676956c69136ddb3b3708f3c5175e7839166a89beab540e86db2f0ced72efdebf7ffc0fd94a0de396b80decdc92e8a9804d6eee0072308732e2e40e3e8cb494a56776544067c724749e93a8c0c7bc8dd14282709438424baa38ab20aff9fd9dfcf2d30b13136d07b69a8381a8a7b9a6beee69beb834c617879a9b0746f5f2a2394751b42e22eba15bc4e0ef756c3dfbacedd04a81caede7aa5606302be54251e1771ae4770f16fc1f017a39588e3b4501dbd41c943f33ba52a96410a2507d6ed4965c05c10f0b22f1f47ace1a22f5ebf5f53555ee7279fad6f1750473de8e60670fc0a150e33a3b3612d6ada25e10e54de25c57747966b35a7a65fef92d536d33a7cf295cad1ddb909b3bfdf2c3a736f7740b737ce0f60f1f7dbcbcf242cbe5124f43792cbaf0dc275eb9f4f93fdeb9a7323d2273f097c8c15bcc8f53750a28879b4101e5c24e69012b5c0e64719bb5f19c70e30c1daec67bcb28ca295b700501ddc1c0bada402418f1782a1ba2aebbab5121e79cc838ef9a6c8bbea70a2db06beba1b3e78ff4f6078aabcf2e9c92f9d6dadd2306eb7b3d91b6175ff8ed9762a15e716be9af0a1937be6779b950abde1751a641338d552f3179de86f0fbafb0b58455b078a2455e2a54046876d4c1e9dcc0825362acb494b3d28a52fb6894f0124d86a3a026f91e79f85ab8bd3d1c696b9b5d10b7ea5bd6ebfafa96faefddfe116a05ed03fc135f00fe15310fab4fd4ae413e148c02f2851bc3f21a03b03560784720e004d41225bef0775f79fb9f4e7ffea1374e4cedd9f9033efbd697c5dbe39fb970e191a5b63b3560167654b2864418a8adc0083e220f10f873a362a5f25756d1160557e39ee1f41a4d4ebf2cfa8aa8d02b5ffbd37ffc9737df482c2cf0cfd56fabf7c7bc7ff26f4beffcb0f30b54f2ed7dd87ba015e64db861c0eccaadd32dcaaa629db40e2e0cb62cdde3dec3d9aa663d89ae62dc3403254211b8482ab820c101940ae7a403a4cb7191032e545694e15a54cdab1df0b1437af7ae0b5ce1a2c9cdc79febbbb47bd3de7ad3d8b6eefcb69eb6a14864b8f8f997a7aff4062ace95577e7e62ac3af064c06bd71e653f7c1f64d184e12f416de423e48f93a30e159b93fad037c8821eaf2748d538ac18eb8404752f1e0279b8ca50f8d53755c0e8f3dffc33e5fa373f856aaede10edbef1871a97be84eb39227dbb9b4f44d2bb7db7bf2d634e77ed58e11cad60791160a492335562b9dd51d43b580eb7ccaee2f3b9d135d07e86492cbf9b2f4fd51d68870cb03c18e0ac70b200e64ec2323f6179503a539628dc323776da578e26f8d3be2ec1b9fff5d0b9f347b68e041c8a6be16c1d4e9a737b07df90dcb06953319dabd6887b9bfec5dbaec148db85071e708fefa3c365e7dfe6e5ff603f66afe11c515e60a470ce1b2294173d5d774ef5e68e06a3a3c368e818686d6c6c359b9aa4afae8a39fe0fe27dcc0fb2c6bc36dd97a801f0e3346608ff25bc30bea7a1a1419e90bcc6fabc6bd65cbbfed5e6dadaf5eb6b6b9bbfd65c47445db3f873a3bede08eb7ab8d04a8d1546d7a7528482a2bf8eb93152ce9e64cb7c2fcff18bfc0aeef65f17efea51bd5ddfa2bf198e0045f08ec7aef1099e05ffb70a7c2ff89b57f9f7ff2028ec5dfe69fe3aff2c9e6b85e7eb78bec1bf017ee547ccadfac895effe788031777f021fd0e37e1f0df6fbe17f01af94e17d90e2e845a52e66f4765b22657073c37be7ffe74fc5ffb502bf81cfab782eb28bc02c46f5037794ef004bcce55f2ebbeff030724b44684c7c17f4ed027f01cf39764e0c60eef8f2ad3b7d1a916f0abb976f61fc093c336c869f603f5bbeb6ec96eda7317f65bc9ed7dfa5c7ad8226df95fbda7b4de1196243bc65f90ae6ff54aed3b57c7e75ad025fbcc3af899f88e358f145f113fe0ae8395ecd5eb498a95b6c7fba3fa3ebc33758f99e614bdb7b306d7585ace64cf6983ebf3f6d89c6dc575c48c0a929e368281cb658c66229a36f11799cca26e316372d3d7b2c6e09d3081be1b8a598faf475c5e767c994e54de9d96c322f7ca964be51495922b5efa26e951a2052b9694b1dbfb888d7332c6385676ac334ba58eee7c95a1da4915cf4722f7886c5c6d33399c500177243d5b49498e54fa5693f2b904a150442fab46edd1cb7d4e8c1c5665e96ea9feab7b4fe74d8521a33130fa5211c9a4febd6f838861290b63611b52993d1f3b634346ac650a1a75bedc46f27c99be3691dde98cfe956f1783a8b119d78c5447513d59d0d6533994c08deb24a5353169b485b6c9884c3e88786ad7544ad1bcedd404c48e286831dcd64a673198bc732998205197d1af618c94cdc72983a34501b73b0c9991a4f5b4e2369b98c24228029d9b8a54977c313fa74de7934a91393cc0dd9ead3af5594ed9fb21c2d613053fabc3e8fbdf2ed8e4678684f3a3b1eca4d64d246269cd1adc4de347821f24b4195b8e534ada2546c116024bdee42d7481a48172399b3c4d163169f822296b3256e15993a695b0eb3547654a715ac44364322d93ea96db1b95854ce52fdc996f06ae29498772752a9bd0a8f4185144ccfeafdf3468e822a9dcd4214104b0f41c9152d115a23d7676f51769fe9560366b1d01dd3d64e2a37a541d7cb4a99d28f5d424638d38224ae30f342f45bd3b9beb8e53621aaeb56456a172d000211b2dcd49b40cf2de3e5c1426ee9141d3e98c2ce962795d5e7b3bae581dbe256a539bc2f9d57a7fb320d56d98c71316e79cde13de9e1bdf660288c71af1cf799795699da9fce5756a62c9e4b5a9e181d39a456325f413f6efc583c8058288de3e93cb90ff626e711616ceb6e091b98b642876c3e4dc149a6910c2c1984fe8318bd3b58f709611e55c880bf5216dbbe886b9b8c96df647926faf7a5ad4a23a9f75be548bf32032997d4b35faeaae228835e964c26c9033ef0782eef73c5ac1762a108dc15808dfe58dc0a9a794e6d15fc4d6db59957a8ad31f32ab52133efa0b6d6cc6bd4d6997927b5ebccbc8bda7a335f446dcc3456fc6f695978dad05b2d7e984e4bdc32d73003abcc333633be86195d659eb599bac9ac8ad87ded84516fd9a6929d6bed0bc33e1d7a45601fb506eca3b601f651db08fba88dc23e6a9b601fb5cdb08fdaf5b08fda16d8476daba9f7ca846d33b16d555607e8f16c4a861487b09572b6ddb4da62561bcee3061c8541fd3ed134729b0c02f68f940891f51d2b21ce976bfd9471d686963c5ec2fbd30045b2b2738d7bee27d365ea1ba5e61bb19a2dd3ffe13d716cefa90b8db3c097644deedb6e6cca77713fd9da0d7fc0807beb8fc392db14b77accd6606fdcdaf43f8922b1a720be1921628146bd551f2448806b1f989f1f3406812169143ea02e2ad226cefd3e78780bb02b600521a6024e1ba558be9425ad92546c66bed5d0f5de79acb9f56e31bdd55ecfd28ce48ab46e650953127bd2d755dda187aeab51474d2649485b0cd036e40c63206b69a90f1ed72ca19d5d95d45476dab01c28aa60aba95c08749690ee837372500df86f0c20c6067618a08a559c92bb60bd7b6c62d898aa0144100c0712cef1a155b12229d1484a28f82d20e99dbd9008bd2bbed031ea88167c61f4c24ddb565956b1e40f1883b4294571fbaa0bc918dbd316db976ed57b51d049fbc2a04e7a154261698de83db0f6ee6207f15ed95e88964129bf638d26a9957065e982f3419357429c007eb4921707ac602a3d1e424dd57b33adf976eec3b9dd79177722347e173779cfb91f3523655a5b621fb5619f696d8dcd4337ca3118755f5104b4d56ac78c7e6932e567d4f67c0e17b4a46d3a25a881e3d38a9367af3f60e68b516b56a6fc2f537af03795c56413e158af01a85a932fe14c41cf4100f096d88a5786d0db1a0b1b05bf14ac5975c1037081df3ef6b88de0847b5bad6e9cf25df7191fc672dce7b57a408f98d66634a3e4c57eb85b1f40e15df1d69849096d8d82dc6d2e323600621c0427628fb9c8e5c8040839b297640641ec231922f6930c110f920c1107ccebc0c214a834282ea98c799ddb630741d9630f911c27ea10c949ea30c949ea08c9496a92f6ec0791a53d89c8d19e441ca53d899822992110d32443c40cc910718c6488382ef5ea037542ea45d4c3522fa24e4abd883a25f5226a56ea45d49cd48ba88f49bd887a043eee5d0de069d9b31220cfd8e44e9067c9e9b29744ef1c6a6d41e6bc4d92cca3528617641ec3e46dabab5e903d39e3a24dd28c4b3649e28f639d82c013364902976d92047e0bb2db57d7bb227b52fc499b24f1a76c92c49fc6cc82c0c76d92049eb149127816b23b56d77b4ef6a4f8276c92c49fb74912bf8a9905814fda2409ccdb2409bc602e96c89bada5851655a1f4e3a509309849c62cd78ca5348c5f5c29d671f97709c1b5475ff9e7939315bdbf604ee5a75476df757c6b876c4b5efcdaedcb4b4f14bfaf92ac861703fb2f19f855e34b3f60aca4eaf6e5db2f15bfffa1bf70d488343b2252cc2776b338ff777c175950bcccc6c421d6827658d2edeca0f23db497d8187f06b297589c6892e11bf00efb637690abf45756f037605cb0b8f2457690e4781ddb2c26d9d5c27efbf07d098a75e1fbae9cc1045ae55bd0749a31870bdf2c635a3b63ce2a7caf31e6c21da308f38b4017835f7ca2f0c59ce25fc3b667f1455b0a9f9435d3ff5d9056d6b0b7e95f90991fde7895fd9a7d0a3b7eb2bc9451d1c10bf53726703de7bf83bb835d864ee799339928f9bd67ceb1c37bd8b678116b9123beabae8bae13aea3e2416d9796543b5c0dcea2e202eb25ed29edb436c30ea9e3ea80d8a2c51c92e54eee2c8924d6256a125537fd372b6fba6f96de2c4ab02256026635982cf1a187985f610a8e64be815fdd0338bd9aa6fe745fbe99fa375ccc1e607821c937d1d05fba9e625c4d5c9ddab7c2a04fc237af3dae9dd4a6795a1d51fb449716751495b7dce0cbcf59eaa7708feabbee98d6585f1f5cf4dfcb9a5b99656e6473747265616d0a656e646f626a0a35382030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e67746831203131393936202f4c656e6774682037313832203e3e0a73747265616d0a789cc57a0b705bd779e639e75e3c4802202ef124c1c7052e0052044851021f1245531000bedf1429027a112029917a599225dbb2d5c84a1c390e1dc789656db2719271b3d9e9b44d9a0b398e9db669d4d9a69bb59336d34d33696ac78eb799f16eb3bb49b6ebd56e2370bf732fc0876cb9bbd39d59602ece7fcff9ef39ffeb7cff7f2e492821a49c5c25029117cfe4cebd31f34290901a3b21ece0e24317e55ed11721a4f63421347afcdcf29985ed158f1352f759426c96e5d38f1cb79cfce46dccf01542aa97568ee5961ad42f838e7c197d9d2be8b0bc68fa13dcbf8efbe0ca998b972eae597a0889e296fcf8f4d9c51c61ff1137d11fe3fef533b94be7841afb3f10d2f275dccbe71e38766e72a0f2dbb8ff21d63710468ea2fd9fec55486b22cdf14670098c08cb8451cae60863745e0445270831190d22d804c960f44462925f0af925ff51fa7ce1b3b4a3f01a7bf54e678c2de179c6456157d8f731a344a2f16d162a323a4a44ac249215cc7972cc2060fe53749c10c90e36932449466b75c4dfe837293446692b6b341a4da618f31f28fc7cf610f54c5177e16dc166154d55c6a9b7df78837dff4e8c19cccd2d96863dd28f0925b358d3ca6e130719889755da2a0491123a3aa26e9b4cc7252208a7c720d599312ccbd7f5c53de8a3f3daed9691cc37244755b568ad89389c4653ac977575c54c0ea5d1e452a4d857042a1abdd565bfbffc37ef9cfcc3fbe6e6e8297bbbc35cdf50fed2cf0bdfff5f1ddf810090c5bef62eddcfae132f89c7efb351260a9430989108a34410856b06ca98384f44f1cc9811d1427384d2f3749c1297d35125d9ad16b39178a9d7647547423b3bbb5c46a31208873b24a503c2b86290c4e9a66667b3d5d6ee6d1e888e8e29edcf3fbfbdd724264d657583fbe8ae66e581cba9c2ab3bb66bae205d6bef32ca02c443ea49321eb7c09f562a30364a0c8432035d36515124392ecb8531f847c8c138e785f16a2f25b53e6f7d75bd54596e361a88877acc108aee74bb5d2ebfdb1ddb245d7b67a7276034f9c3611aec5bec287c9a65266313cddb26bb461fdcb7e754ffde211395682f0bf49c19ea3834efa81aab927a2f67d25752835383a95952f46135e47490c997ec3ceae0bf6af8cf0199484e34302e9fb0e1416e406dc840378d64e212259536aba5cc84807550875117d9252952bb1230f236e6897576d2b9ecc2dca54c2a3d6035d41c6681232b857f45e73ebc74b4f09f9877a8791be1326147d0af312f2923dbe26113846270232c076a1e6b43004120f3603d45c6aba42a3b8f1cbfbf83fa3bfc2eeaa75f2b5ca272e157f45ce1efa8d24d3f974a14eed77c82d0272fb19f910a52499e1e51cba1a60793424de8727acc40054153ee141bf78da8962dc3e7ee1e6ef9a0a7e32ede4905424f6ceecf64327187c54289a5d2026b990ca48256705339602a27f7295cea81ad3ee26c6870baebebf7a5d9cf7c75b5f8d4f9fedd9d7760136e1fc416fd367c5643bae2ed15f099c7c20486c01110ec30168fed0b9a9134d9ce131ee60ebbadcc446a688d01eb198ad113dbe9f698c26125e07296028b4607ceee4d9c1fdc36eaf579e3b55f1c1b8d266b7dfbcabb1f9d5ffcad6ec93254667f2db75c651db7556ec4cf6de222832fb162fcf0fdef46a49cd623856c0921f7461f58e87c29825e961c0147c860f501044c314db42dd1f35583b126d3be80e839984ca7597593b2adf9c8b2163dc78e16fe9ea30097270c795cc0d67bc4cec90f8e1de62a48f452e139fa378527e94752ac733275e7556dde26f2735a436300e3fab88f70bfcff17e8e668423b586d282d513e9ea88b99a7efdf3f1711d077600072ad85f132ba9260df15a8e80dc3de7d64d03ef04832185cb419dc6620c70ed0d9a4b3adae11d23ab685b39f0c885ed2bb3971e2a5c494e4df6f54d4e25e9f10bff3afd6fbe7af1cb737ffa07d79ffdf473cf3efbac266b063f8bb08185f8e2def23203c290720b9c1cd3f5aeb133ab37e287713bbb38e43776c5e8e201c6ec35ced1d63f1da2ff2dd25e6b774bbd7bfe85ae03c4645fd06c2a693af00ca54fb7614b7fc81f28eaa0c05b402b13240725b32f7c47fdb7af9ffee281f9a73ffc608e06e8e9975e66af4e3effd033d7eefc409bbf15f1fc16f3131fbc77396eab46caf252413452a34128c2914c0433351805c332e1b069d26113d19a5bcf2ec1f765d1728dd1c890a3d979ecc078755d2d258abf365c17763ba5ca8a3200968ffacad601ab512979a1ab4bb7bea9b1b3d36134ea7ba4a383ca0b47e392a88ca586b2571e3fd4ddd13ceaf729d9f1a5b1ae48ea20d2e7d1c2f5d168f3d8f4e49c28c8c9f66a7bc2e12bbc2dee8ab5348f8cb7e9713a81b870613f3bc8e84b0212c33aee1a445682b81c628bdb16b85beac5fd582986ce73dcb5a2cb41b07582c8e630ff86fc524c72727925e61ab48a3587db730b9987337dcc7be79d81e6c623c7e97ce177ae2e1da51e52dcc7c201608a9f1cf946bd976d2402b74879a49a8c66811bb45445f8e23530eb99b1e2a8996d1eccc43d94d4f93c0035a9b29814fcd45ff6dea4b02539c476f25ff6db870ece9d194fcedd3fd5cbd344f56cdb95b0c177a4982c328f1d3c50f8319af59c71b035aadb14a66566f643c411aa2a9b95097463f373ff9fdb1cb08da1a6d2e6efea651b8e8e69508c5de1f23373a1e98f3a87c3fdbbda27b66d6f3e935abad83add75839e18fa56e7cc54db9efb82f21e65c7b1ccae85f9ceeba22ec3e0daafc99f914790631c713bd928348201bee7bada8bf3c34183c1ea9a50a8a63ad819aaaf0f056579bd6eb042877a9497bdf13d66844019d490a868e0e04e100886135ada213c29195145944a07b9211c6c88cad160632868e2c5547b2fe300efe2006f632550d5160f7b4ad0c2c3dadde51bb87acc15b357b578fa0e777805a3673a7ee481cb2ba9fbf7fd7aef785fdff6fec6408aee18bbf1c8a06818311a5b2757a0f9f9957357539f78626a3635d9d8234766bba0bf0571740358d1401ae3415f954940553b6a100581636f319e21790369f04ad57ac80a8aa0d79e20620eb7dbd3d9d9e55827841b7f72e829b3bd9c5187ed6387be75f4ac4532189cd62b471eb7390d862acbfdbc0aa63faceb6e29b3ceb616b6b3570ba3ad07c28d87a32804c65b0f29a1b9edf4c5528cd34f6ab5ce713db62b907c881d5b8bb2511fbf134a77199da14ab3b420b26295a6e57637d1327a29f5970632f14abd064225890ac8a007bb9e5e8d9b2aa0894ac55a616db06d1b8ca407cbc59a6916108429416c99ea2cbccdbc0bd1388f8359c4419b9657fd64f51b768119c4d28eacd54a6ba3563fea79d460d0711071e6d3d3affc1e1ec8a833eaf1e88bcb9b47e19ff9bb5950ac547adcf5b56ebfc72f39836153a940df14478d8a097a39b0898be8d8fe5588ea99dcbbf4c8a38b7b273da6aabde9cfcc26f6a50707d8dec01e29d0fad4eaea275ae514bb5d786b61595c3c7172e9353dbf12da8cb8a92072bcaea2bccc8c9861e6bb12974b4f5cd8b15223f2b549f2d0e642616686b299997607dbe36c6f77def98ea3e86bf255d84f204dba452a30cfe9e23c3eedae840499af4bdabc315e65a0b4b85dda87559afd03e4c637aaca986828d9bf0e863abd6ea80b637a252f189996cc8b0ef0dfc5040b9f1adba8f939237836867102987f2f0f5ce0f1b8298113029e8064afb4a16674519759afe13a3438f1c450cc75c474e46fe4194adbd87008752c5d7a64a977a2da480d8052d13bb963b62f9119181828871b9e6ef55b63953fba631e0cb40d1d396a5f3a757e3e7b52d3dd0edd03c0a008b91aaf740bcc68c0e145c421462825e40072ad0119cac48a9958cc21ed9ed7228963ed59be53c2d0edcc98ceb99eb2dfcb88a42c37a0740b3644e4488dd76eab28c3c1a79ed617138627d6855c86706becd0333052b352aa9603eb79b93d4c1d1db3f5064bff83971f1a9978b86f8251b1f3dcca830f5e480e0ff54f0d8fb240d3b6813b6f5eb818986a9eea77595acaa69e7dfcea67864f2d2e9e98cbb9ee9fdf38bb3542ffbb6ab60b5b6ab65068bdded18b695ef36ca9d91a3f7661e06cfc890b4367f7164e8d4c4f8d8e4e4f0f53ebb567f77d2873ed53fb2e67e6cf9e9d9f3f7d5ac3265e637d06f15f45eae235485b404da4af0dccf4486e3d5d2954716b29344663ad0c599e7de644e1232233ee5fa11f1271d8986153ca4a57e13c70316f8f8fcaf43a9f3f861aeb2674da465ae3111f0a8e5a13a302c28cf203b2ee8a0b63a5c4020543515dc190becf3bdc45cdc28d58b57de3e4a0e50f4f3da3372f2eec9a6a900f6d4ff6b87777b40f379d3db86336541f186eecdc5d735f2c36187e6e7cb2ca3e69f745824e59763a9b764553c30ea9dfe654eadd0d754e47d36ea215d2dc1633b0851df60f90547c1fc217f63051865042fe5bd6d238df2227f53304d1aa8e9a9a2a9c426b0235fe3a9fd72d555755575a899dda4b6507a0cb55cf5c5a81ead0bda4b85c52d161b4e5898ff7275a869aaf5df8c79f1e4eed3ff4d0a7e687c750464f2cecdd6f31985005e44e22b9fc604ff79ed87f1829dc19eed9d50771d7d68af5eb4f5818e74a428ca4fd7fe8b5000fa6b45687fbe3f566cac10c697003cef06b21164912013e7473f263e9b5836b477fdbee3699dcf6177882c3c29dd13145196fa1df2dc50bfda5869738e7c066280fc4e54d9539b65c11de24feb11badb5004ec9ef2a7ee92f0be7e93385d7a85278837640cb37c7d7f8bcdbd61e23b7c8456226deb88beb40e78a50899ad5e1d08a18a46a0562c66e597778f7d9ea4c474f743cd6b9fbc976ce83520ce79d576185503c60d074d6ce499a543ca2912935231975bd63fac9eb491a2a3c46df2cfc943d8a23d7a3fa3ed46a2958b58278b47d580cce2def4b82c1a016a68e4d9595f47e5556a9a56f87ebebc328b70a9736d75d2efc34b1bf20e5c44922f1261b15f9e610d9a881bf49d3dfa209c2c9313dd4aaa5aaa24d438a4be9c0f93126c51a35584219e3674d2bb385dfa3938756be2552d1ecadf811255ffad29746e8cf0acacfda87fc8e6865e12ff5186901d608a8f79af97bab20401636122a51b0daf8a2a3212ad211c28b28819d40ac1b72f0ecb92dfb34e80f869ab9289407b85bab5eb7ec5845e95807a562854bfff364eac04cf723f3bbb2d19695b6ecec89f9befef4a1fe9eeee9a668f8fce0b9334c199cb589e5e981de5ca7e49e76578f24927b4686ef6bdf1da8e9a98f2e71d90f42f6ab1a66e19cc9cff1273723a44371284500593f8f681201b2aef65c9ebff6d4c12347737399df0c3fdcf7e987e9f70a3be6b2cb53f42ff43da5bf3f2bc0fbbcb036910ef2cd4dfd3f29f663affd2329ed0781d70f2e5e773acaa976e6659a4cbcfa2ced371771490ec9cdeb4ebf500252149b31493b0d2b02fdfcdf8b82b8ffdaebe25b1fcd1898f85fd8030d27761726b0095f6643a8345f6e3f2edf79468b999d90c5bc51abdb014e6594839406aa0638cdc04eac57e85bbc56aad5438d41ad56a74e1bd39d16dbd9cbba94cd2f02dc8da51ca7e12f33fb063e7cccd92135eee83fd4e96546f7fe7d87cfef3ede97ba3ffeebde89647f9b56acff4b5eac1b0c23d6d68913dd811de797474e77f73df5c4f44cdf042fd66776e9762b87227ed8cd54f261e93549093b8a59474294bb149a3cf826f3fc945d9e98c0b328a20413e3180d7caba914847584e3e7427d82ea1ac9cb5fea50240e65538dcfdff2ea457e4c2bf705857ecd8ac3af5865cb2e5d3f345ce11445b1c2669acf1eae70c1822ecbc8c11bcb74fbb609b77ba2b9f0ef99b7f076245d27edec72d3d6c25f0526ebaad3adb4fece3bc55cf72efcf241b9eedcff59aebbeb35d97ab27b77f5c19ee381e0a9dd9353f543fb0e1de95e4eee5968aac5592399aa4f75ef9d6bf9f6fcc92afb017b4d6f87d2b6cde3cfeedf3d1575578dd9ddbbb707dbc26e4fc7b016cffa7b001ecf763d9e1debb983fe86799151605b643e424779257066138656924a9f8ea130693d2b9a5478edb5a30f98ab6c8228563a4c0f1cfd1e2cf567eece1d92b4b3d3457b60206d5d602bfb4b9c53c3842fd888138b51db670e56a1c5f60df630fd03f6130d7b4379e3524aab4a20428669afcff9c9894e95d0376f24a9cd08bcf99c7ba3d6e1a8e5d71ffb74c2c77eb7c6e3a9a9c6a7d8f2fa9f1d25bf62055eff6babb98c1042abfe09bd06891e723979eed116c25956e980b2b15f5976eef676572a818a93ec1faa76efaeb238dabbdc44b7a0a059d1020ce7c6aa877d0562238f9135ba9fe6e8257a853ecbfe9cbd2e87e536b95bfe8a3f00ab10229317e834cd62fc43c57107c677af8fdffb832a9dbc4e3f473f4fbf88ef0bc5ef9fe3fb5d2d677beef15c90bf2bd024b502499bf8db6fe4a0107e5bf8dbcc2d2bf05c65234af1bebad846b172e9d3465a11f7019ecf08ff9bd8e64f25f122affb34e4ac2565f036f7740d918055751a871b07739c81c94ea2fd1983183f50e3ff3f1fff3ad58c2bf24ff2eff867af18fb67cf70f7e710be436408b84bf83b7d9cb77e081c08acbdbb66df1843cf6de6e57decaf41df298e1fc677848cb01e3cdbb7767be39ef7a0af87a5d66ea37f10df5ed24b57c83b6b2facd9b5f67378bed4df401bb6c8f18ba2247cad5f14d7da836f944469f3da151c81ded6e6d9b9f610687daee2387b8dbec0de6239ccf80c7b8b7e16f432ad26cfa8242aab6436dd9791e59157886d6a4435ee3f9856db7d6a53267b5c5e9d4dab2c94fba61961b9b8a82cf8fc7e9564549254523711edc96ca245a55155ce1e6f515954f12bfe165588ca4b2f0a4e174924554752ce661379e64c26f22121a9b2e4cc2559b5282092b925559cbc749331866954ffb15a3fefbd6973d144ad0c5249dc745007c614954ca68f656eba29d31614a3aa10515dc9345f4f75279345069fbc24abb72655317cf06613b526fb16fb54635fdaaf0aa1ccf4a134987dab69599d9c44571cdcea2e4eedca64e4bcce0d899ad055bc93d5363edec6396f4da66558633527f33f4a65d123f3b1724e7572aa33ebcb6632191faca55a928b2a994eab44fb0b961ff7be11b59e53f523b957ec649173bc62200b99cc522ea3d2482653d420232f411f259169510d51191288a11c74322527d3aa4949a86625010fe0916c8b6ad4cc0d4bc84b79d34242e6835c5d9f2e3eff55cbb27d8baaa1d98fc1a4bc2aaf62ad7c9b21040b4da5b393bedc7426ad64fc19598def4f63ccc7ed5214a5453545d5b264e4260048b3ba19b74a4241b828899cca168eab741182a8a6e616b52c2a73696d504b240b329f418d67339c259bd2a42d8fde2cb391645fa2d9bf1e3815d1ad8164d167a111889084ea59b96f55c971a76ac6263eee1055f641c8929470ad924be94b58eff1b81ac453c4b7a1dae6876c514da117ad1622f461159fe2cf3423882ba379c6fad4a55caa45b547c12acb6a6572984f00021e52edfc6e1a7776cd5f1226b26b4691618345acac4ac9acbc9a955509666b51aba22333e9bcb894ca0455eb31e5528bea888e4ca547f6eb9d3e3ffa1d5abf339a2755c9d974beaa2aa9d25c4295227ccb21b412f94afe63c78f4addf085109a4ce7b9f9a06f62151ec6b2f666bf82c74ab44f1fe78f6027f39e0c341980fc03e8ddeaac7bb8304f884381bd922ae9bd890a54f3962b4af2c0b799b45aa524e43ed586f0b32a08b9849c7dd9eba5485a0e924824b8059c18a3b9bcd31c519f8af80230971b3aba222daa279aa7bcf5c2debcad8ee605ded644f3226f7dd1bc81b7b5d1bc91b775d1bc89b7f5d1bc99b70dd17c196f2351a5647fd59885a515b955a547f86e6951a39b06ddeb83e7f5c1964d83e1f5c107f441394ad4cac83df584522fe9aa723d37ebe7877e32e40a403fde2ad08fb741e8c7db10f4e36d18faf1b611faf1b609faf1761bf4e36d33f4e36d6b54eed102767b14cb7ab332408f66939a4bb1095b79ccb645d5ed11753bf6e30e6c8501f91ede5472bb140eec1fc8e1e3daef2cb9386f33f6f188537734e70dd4d5970628722d639bcc732f9ef6a8dca149de81d9749ebef7ae896dfbbeb2f07ee2feba969353bdcaae7c3b75715d3b610f28f0fef263b3e476b5a85dd1564f4f8bbaeb9f6245602f827d375c44dc21b9551ee09000d30eadae0e2803c09034121f5017196917a52e272cdc0dec72ab1eb08980d390c696b790845a918c1c5b6d5564b9671573eed9ca26b7eaf3a9462551e296d52cc794f854fa455136c8be17c5b0a12693e0485b0ed056b42794feac6a4cdebd5db31cedf4ac2426b34b8a6a4052c5b098ccf9406739d2ddfd4c0ea201ff957ef858c10afd3c639527b55530dffb2ca2e8986a0488c01906049ce13db362462e44880b21e0b788a41b6b21107a4ab690d16b08176da1f4c04cf7ad0fa9e5da78bf32c017e55eec5d37215746b7b44a66d2ad720f123a97bed82973b98aae508d21dc0d6dae5d7427be5fb417bda5f090dfbb499264c95d595ee0dcad72c9c571e0472bb762bfea49a6277dc8a9724fa635df469dd8b7fbb68c4efb26b78c26def7d90f7a221955bb231fb4602aaaee89ac42361e6350ea9eac7068abda8627fa3495797c8675cbe750a02574d579802ad83eadd879fafcfdd17c39724de991ffcb901ef87f15c55c278e633d0aa06a53bcf83345390700c0dd9192550671b727e2578a76296ab36e822198c0a56f7b5423d8e18e56b513bb7cf81efd23988e3a1d6a17e8d1a8ba1bcd18b7621fcc2df723f196ac351ee501ad8e819c88de24a41fc42408ca89a9e84daaf54c83d07af6739e0110339c8713b39c871307380f27e6a2fc6fa54950695054a332d117a9de771094de7788f3514e1de67c1a7584f369d451cea751f37ccd3e1059be2627727c4d4e2cf03539b1c87906412c711e4e1ce33c9c38ce7938b1acc99502b5a2c9c5a9139a5c9c3aa9c9c5a9539a5c9c3aadc9c5a9339a5c9cba5f938b536761e39e75079ed3eed438c8f33ab90fe403dce8da5d027717906b8b3c177592f33ca8f1d022cf4378f8bef5591fd6eeb4272ee9247fe2119de4ec8f629e22c3659de40cbfa5939ce143e0ed5d9fef8a76a7b13fa6939cfdaa4e72f60fe3c922c3477492333cae939ce1a3e0ddbb3edf35ed4e637f422739fbc77492b33f89278b0c1fd749ceb0aa939ce1a9e8cd0aadb2558dbe9b2213fa7068020c661211d57c4c158293974ac9ba457b1bc3a8f1f9fffac77f355fd9f3df8949e0afa2c8eb861fecd5da8a67deb873bd70b9fc97223fd36baf7fb4bc8c5fb1a5f0b7845478ef5cbff35cf92f8bfd1b9f4e962647d96398de4d66e9096267eda48b9d04fd23d2481919a76fe9f7382187698234a1dd812bc37e42726c0769c5d884f03bda781bb59041b45dc29788857e017388987719ed7ed284b966417769d7115cb7498ebe49626cb5384f1abc51f459c836cc112dcee5c2d5c2fe961cd4e4c2253c05fe1eb213bce54215a96021cc0119e86f08113c7826456ee0fcdc54d46f06d7776108b4f4efb0c227c025e3ba04cbc4717d8f10c3615ca8630cbf80e9b2b854424c7642cc90defc1c216590acec7542ca6b71a1adc0b396a07e599db896707d9910db0b8454e2b2a3cf7e911009eb483fc0055f55a5707d1e179e77403607e6755a70413617e671f5e0828c2edcbb21a31bad07b278c1e3c5b8f7a3b8b046b593ff9fb5e6c54ef22affaf5be282b73f4b7e439e86861fb759084faa23af90ef4ee3f8413f89da484fb3e7f2c49488575c7ffc02393245ee6b2923cd5a8ff349f325f38a79811d300e1b13e24e73d054565e1cfa94f1aaf19cf118392c4e8afdacdb18316843f6c4be8a40bc3e5e13f7de72ddaaba65bf65b955162765a40283d51824f1f77cf9e0378900c8c907e9935348174fa6f9fd522adfc4ef5f3113bd83e0c0956fe45d7f68be4aa8187f7271a634c03f71e7aaf151e349e3124d8ba3628ab51bc386325bf32b74ed9a2a3e8d3a31f5a261c948523038f9df1d8a8312656e6473747265616d0a656e646f626a0a35392030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e677468312036303438202f4c656e6774682033353730203e3e0a73747265616d0a789cad586b6c5bd77d3fe7f0f2522f4aa4f8d0e3caf6a5ae5e162f69596fdb8a4c9394645bb2432976ccebc412a987ed3976adc45ea6246d9a2c73eb28ebdc2d1b60b4c5506c2b50a02b7028a788bb2ff3c721ddebc3867d680704c58615583f74589b79c024eef73f9792e5c4ce30a022c8f33bfff33be7ff3ce7dc2bc61963d5ec2de66181a5576f9ae39a11674ccf31c6ed8bab97ae2d1ea87d8731df1719abafbb74f5b58bff7af36f4f62c6b718f37e7079a5b8bc4ffed99f3316b90dd9f06508eaeef9be81fe03f43b2e5fbbb9b6a79f7f01fd7f41fff8d5eb4b45c692e0466df467ae15d756c527815fa2bf86beb9facaca6a6eaae12fd1bf0bfd5e26d83cdaff161fc13a1feb4d7583e511cc738909cec53926045fd080f8b33051f76aa079825ebd293e108c053b63c1d83cffe6d65d3eb4f523f1d1e6f08058c67ccefcf8f94face967766a7f4d75954ff3085ec5199fc1f095530c0b163c5c8897c46908fccc1f8968fee6f8c090af7b2438101c69f2456291e241ebccf9773bbecf47ffab6dac9fbfbdf5c1ecd1e59fe458b9cc92e50ed81c135dac0af37dac9ac3db72b9ec8879f63db105494df92046887bb67c4db48887e0d62a6e1d1f52f291f227a25b6c41ee57f27af69e92f372806f297903e43a0b9ca18504747ec23f163166b02ef646aabe856bac997b349deb5ecfccb46cc9e55326f35471afeef15e629ac68a3e24fec629a6ebbc8860f297f86923d5f1440a0689278a88f7cbe2b4936ad9d3c699156bebdad3150d071b6aab1179831bd5fe689cf7472341abdbd275abbd6b687078646468b0cb6ad77dddc3c3215d8f84a303fdc34343dc5c9c4f0535eb54f644e1cd775e383cd43b1333acc2e9e55323f1ec79117b7e7eebfd19bbf7d45cee9ce63133832d8174c8d8faa9363a90e89d3eddc7541e7bca1dec6f108710b34bfa723615d339253118f07a186a141d87784550f96c674c2087259d659bc2306124b26de1f04893aeaf26824d55f56de1a1fe3df1705f7bfbcd84978f6ade7e7bcfb05ddf600eb9fac43c7f1df96b64fb95bebdf5d59a079538836261e216f4b157416c648d515530a42cb4573445acaeae6e5df75943e36264b32e713034de3a6a18c3ad63a103b65f6c45478642b5810386910cd6860747a2a4eb2c928aba601176fc0754eb1c49dc8f24469198aba79008869d84e478b653177d2403852f54069c0f83a1f650a7d76fc44361dfc0f0f0804a50701039a176e0fb5ebdd5195c5c3cb7763e93cf8b961e6b7fef854b5b7fcacfbdbd32bff5ef3041d5eed5f235f647e50fb88f05cbd9cd06565d62fcfe66831c8abbf5e7d66b3baab585ed4bb5318f87e2ce6fec98fa323bddd1d9d9aef95be33c4ca1a7d8c398a8d72d095525a2fbab37a6aea7be72e3c4f5a35b2f4dcfcdcecccccd9de4fe5b7f70ec4bceadaf1f7bc359b87e7d61e1ea55a593f27107f9a86551965419b11aeb74a6412f52826cf0731405b6205000ecd970241226f594165e2fdc740cf81442150cf03b35c9e1a6fe7a735f4d412a18e90f14c42f83870f35d68590971a85f69c6da78252fbb099b5b2ee54476bc8ebf1b0462e3c6286f45e3b05ffd576b92e4e775a2d01521b1a0845a34dc8c04868c0a38aaf7b284aae8f8cf0f99b0dcdbaa6b7d65f5bf8b736e7747387bf765f307928d0269ab7feaee744ac65763fefdbfce399f35ecfa4d006e353dbf5c8fe43f9dfa5bc376a3441be0bda06b7985b8db5ac36e2f137ed2ac6a4e81efafdda5867c391a6c307eba8fc0643758d870e35d6546a7c567c070769b75ab34db881142a90a4f5593a8371cc6e2fca23b1213ebbf54fe23b5364d6afe5ef057c4eb01338a31962ccca01f10fa8aff6f227e5c0a331481e8a6692897f04deac8cbf88cf349b1663983b517ef8a84f12c8c644b6fc10f2e3f88cb3717e99fdacfc6d6493da6f60feb67c1fdff7981d3faf5842ba7e5ed175041f9bd9bcb7fc26cafda76a9dfef2abc0ee5a9571f123fe6df1b12862c53be2637e17f8126f617724b34dc9cee6271cd39cbecfea67a7a5fedcf9bc1c34648f53b868ae9fcd4bd159fc61152e92a5256bd188c5247324cb58d90d642253482724b7a559b89890c2b662562c213db6b97ccf138eb07446863266a1902e8970265deaf464a4c89c5933659d0590292e4b2db7b62184c03232b6d21623e9467d84a7db4c402bbd11e2218c5992e5f22bce46940ba550b3a5272e23993ce993d14ca64230cc65533ec849adebfc460ff767269626a43e918f494fa733f7421e64633d6fca5c0ea214d87294d0a8e39825970d8b7a20aaf44cd947e37dc47c90cb9b88c67ad19435b97c011293c66a080d131a2e1805c7710c444bd66596249bcb4b364de418fac6b4dc4b68ef74f17e802d11e3be972d3ace72d1913cee38150f1c7319fe58692721bdb6090bb4ce227cf2657279e9b3d2b2ca4a2303985248485d851b9130974bbec5b44983e4aee19a4fbfb2ba30b124bdbd310c66cc75731dba4a7dde4e4468365fc819c539276f3931c794a9e7f21833282e155312d267cbea4c7c03c79c8a7a15ba56da42b958e9a2148b17255f8221d2d79b90d5b649d6d6c32d8d2d9ab4824c151ca214b2cada1a7ba3ba9e6526d2bdb19dc2a9b51f2fa43a77151e870919b85e3027d6ad222555059b199410691a3072db4aa4d62a665d15fea74c971d98c58c47aeed9e546f2b87eef9eb9867025a0c2be6f4a2881bec92101372b9984dc8800daa69ca86cc495a0000199201eacda11750f90a62a1800a8a89182c41b30c660ae67ac19441842d211bede933f992b69c753aa47fc55a4bc8903d3d9b9f7ece151a31c8434a1eb64bac3173365f6a6ccc485e4ccb609cb61c4a2b5d6aa09f007e248f22179ece5cbe44e183bfe97564186a03bd310bd3b6b1e18ed314ec649238f0640af64f41fa78b29e92c21263210bf1ca4836be816358652b62b312ceb73379d968a5cd09598ff2f35b28b9b459f8b0b999b3201e8bd2e93445208c315e2c85abe2f2bdb8d18e7045e163249e904d768953db8c7853db62973cd4b6da258d5ac32e79a96dc30316b57bec928fdabd76a98ada7d76a99adab86d6dc75fea0544da3293925fa0dd9290f6aec1e8cee0cbee6062d760d7cee02beea06933d9107faa9f70ea07aeabe4e76eff62f0cf845dedf08f5a0bfe51db01ffa8ed847fd476c13f6abbe11fb53df08fdafdf08fda5ef8476dd236c754c11eb0a1b6b960e2d0e3858c4a293661926ab6cf9607e2f200f6e3416c8529f329d9b48aa3161dec9fcb30c8fbfeed1497eaf509aa3879b0b7e4e591893c0e45f2726057789ec619b4cd2165f910567339139fd5896dfb445b48cea21fa83b393b6e8d960679847c1d463ce0c093edc766298e26e4889d6c1a4bc8d1ff8b8ac25e02fd1052c4a29d66d29ca22301a13db1be3e654de10cc9e3e2c3a98b1b6994f34818113e8cb32b2a9b40d3709c762a5aa98ea5656d26beb29eb44c736c1d6b1e799c6626ddf5a46ea5b7d9a62cd099929acddfd34caf69dcd3babcad4e9a4eda1a1cda969a614d16a49ef9f4762dd069e7de4a5aa6b06c492f2e550c6b99a2015ca093eed3738a300de7bf35891c5bd0304937564d4669c17a4f5062b967aa8e4304c9f0a2e0bc9f59152b92119d648407bf9593f4912e14c2d8762c4c48bd5d9558586308d3333b43b2468d4f5a53a494b238be134272c68db46467f249730c173a595f119a6457251552ef44efc4ee671737894faaf64ab62c2af9a3bb2cc96ca7ab400f389f76793bc5299c1f498ae2a46ccae47306ee5473cc4996fa7818fbf6d863a37346eeb1d1f413e77ede8c8c2d0fc73f4f61d69647e2ebb08d6a0c4e3d958a8426651f664c2897a93ebbdcc817f18096765da702b5b07d92d879eefa9376a90677cdf694ff67494ffdbaaa987ca2736cccc251b5ab5e624ec5ce291cc087e3db51398ede9178ccaac4a5e2cd4e084e20041177dbe369043b3c9494c3d8e5279f229fc6723c1c9223c033b63c84e614457102e1362771f16e47ebb44d052d4f013e6b6f3036099003e00466ed0dae2473004af21c71a600ce1087c059e210789e3804ced9f770166680f2405c21c7bec75dd9792057f602f138a11789a7d005e229344f3c851648e7044081741228924e028ba493c012718e032c1387c00a71085c240e814bcaae2cd0656517a1df507611baa2ec22f492b28bd0556517a16bca2e425f507611ba8e188fed247055f5640af065171e037c8582ae7a69f46ee0aead706eba9038bfa938bcc27915939fd959f5b7544fcd587321cd78cd85447f1deb54086fb890085f742111be04eef8ce7a6faa9ea27fd985447fcb85447f1b332b84df762111de7121117e07dca33bebdd523d45ff8a0b89fe551712fd36665608efba9008eb2e24c27bf646ad7ab295bab1a109cf045e9a700c3ae9b8ac5a919e8edcdaf6659d60f47f58c1f50f7f9c6b5b6818fb15f3797e46d7ee4fbc7f7f54b5b577fe79f3fdad376a7ea1c5d57ffe849a416fe44c4b6cfd186ffacd9bef6ffe61cd2f2af2477f8d22cfe6451df38b832c89775847bd075f6167c50536c2b71857f25fb11efe2778ffbf42ff7b2a5f55631f428671bcabf6f0d7584f653dfa97233d13fc35be1f57be0f6148005f70441bbebf8b2f649edbf87e171642a6dd65cc8bd6bb4aff3b565636b28f58336f6611787397fd0ffb1a5678b7be8ed1a58117e2bf9ac3e335ff3ddcfdee35b25a62be74aaf6fd776eb00bb3ec994435eb5592f0edaab5aacb558be279fda49ed6faab3a7cd53595a1afeb6fe9abfa0a7b51cb6993e2b01ef7aaa140fa586d7b6a6faa35d5fc20f2a0f141e041dd83ea14ab66b5186cc1204b7de643833f641e6ca95207bf3d8be3f0769efacbd9520ff5ef573157c0f04251ea26d15f54bdc5b896babd74667b80fe52e175fd75fd8abeccf3da8c9615837a97b7babef73e2fdf92dad7f01c94bde75dd659368b10fd2f2b92d4ab656e6473747265616d0a656e646f626a0a36302030206f626a0a3c3c202f53756274797065202f584d4c202f54797065202f4d65746164617461202f4c656e6774682031303739203e3e0a73747265616d0a3c3f787061636b657420626567696e3d22efbbbf222069643d2257354d304d7043656869487a7265537a4e54637a6b633964223f3e0a3c783a786d706d65746120786d6c6e733a783d2261646f62653a6e733a6d6574612f223e0a3c7264663a52444620786d6c6e733a7264663d22687474703a2f2f7777772e77332e6f72672f313939392f30322f32322d7264662d73796e7461782d6e7323223e0a3c7264663a4465736372697074696f6e207264663a61626f75743d222220786d6c6e733a64633d22687474703a2f2f7075726c2e6f72672f64632f656c656d656e74732f312e312f2220786d6c6e733a786d703d22687474703a2f2f6e732e61646f62652e636f6d2f7861702f312e302f2220786d6c6e733a7064663d22687474703a2f2f6e732e61646f62652e636f6d2f7064662f312e332f2220786d6c6e733a7064666169643d22687474703a2f2f7777772e6169696d2e6f72672f706466612f6e732f69642f223e0a3c7064666169643a706172743e323c2f7064666169643a706172743e0a3c7064666169643a636f6e666f726d616e63653e553c2f7064666169643a636f6e666f726d616e63653e0a3c64633a666f726d61743e6170706c69636174696f6e2f7064663c2f64633a666f726d61743e0a3c64633a7469746c653e3c7264663a416c743e3c7264663a6c6920786d6c3a6c616e673d22782d64656661756c74223e456d7066616e677362657374c3a4746967756e673c2f7264663a6c693e3c2f7264663a416c743e3c2f64633a7469746c653e0a3c64633a6465736372697074696f6e3e3c7264663a416c743e3c7264663a6c6920786d6c3a6c616e673d22782d64656661756c74223e5a2d3030303030313c2f7264663a6c693e3c2f7264663a416c743e3c2f64633a6465736372697074696f6e3e0a3c64633a63726561746f723e3c7264663a5365713e3c7264663a6c693e5465737468617573656e3c2f7264663a6c693e3c2f7264663a5365713e3c2f64633a63726561746f723e0a3c64633a6c616e67756167653e3c7264663a4261673e3c7264663a6c693e64652d44453c2f7264663a6c693e3c2f7264663a4261673e3c2f64633a6c616e67756167653e0a3c786d703a43726561746f72546f6f6c3e57616e646572616d743c2f786d703a43726561746f72546f6f6c3e0a3c7064663a50726f64756365723e57616e646572616d742028636169726f2c2071706466293c2f7064663a50726f64756365723e0a3c786d703a437265617465446174653e323032362d31312d32325430303a30303a30305a3c2f786d703a437265617465446174653e0a3c786d703a4d6f64696679446174653e323032362d31312d32325430303a30303a30305a3c2f786d703a4d6f64696679446174653e0a3c2f7264663a4465736372697074696f6e3e0a3c2f7264663a5244463e0a3c2f783a786d706d6574613e0a3c3f787061636b657420656e643d2272223f3e656e6473747265616d0a656e646f626a0a36312030206f626a0a3c3c202f4e2033202f4c656e6774682032333131202f46696c746572202f466c6174654465636f6465203e3e0a73747265616d0a789c9d957938d45d1bc7cfeff79b7d31cc8cb133d6b1648d31c8be0ec9923d15c6bec5d8a54d52a194245b89642dda2c499b9416098516f58c3c42794a4f49a5f2f2f45e57cf1fefd51feff75ce7dc9feb3edfeb3af7b9cf1f0700fc2858122c0c404c6c22dfddde8ae9e3ebc7c4be06d0d2f84781bc8438f05b7d1afee97da8f97bdfff143e382481b714679766342f8e9f0800e4bfc4f2298971cbbc7d89e9fca5a296b87099c37e72dd3207fde4ce7f3c1eeed64bdc0f008e14f62f0efa17fff7ac655113962fcbb5b566eb1ab1d99a7a5abaff47f1bf5362486ae2725cb389c9db1497c68f080b4f5cc14c4a086186f24342a2d396f7967bfdd3fdab87bf729baa00e0cc01801cf8950b2a01a06d1700e24f7fe5948e0340c902a0f5012f899ffc33875a5ed0800028800e24802c5004aa4013e8014360022c802d70042ec003f8820d8007c2410ce08314900176806c900b0e80c3a01454806a500f9ac039d0063ac175700bdc03fd60083c03023001de2cbdd827b0004110162243344802928394210d480fe24066902db41a72877ca100280c8a8592a00c6827940b1540a55025540f9d852e42d7a13bd000f4041a83a6a1bfa1af300293603a2c03abc0da3007b6849d600f783d1c06c7c3e97016bc1f2e86abe053702b7c1dbe070fc102f80d3c870084883010794413e120d6880be28784227c642b92831421554813d281f4200f110132837c416150341413a589324139a03c513c543c6a2b2a0f558aaa43b5a2ba510f5163a859d40f34192d8dd6401ba3b9681f74183a059d8d2e42d7a05bd037d143e809f4270c06c3c0b0308618078c2f2612b3199387398a69c65cc30c60c63173582c5602ab8135c5ba6003b189d86c6c09f614f62a76103b81fd8c23e2e4707a383b9c1f2e1697892bc235e0aee0067193b805bc305e196f8c77c107e3d3f0f9f86a7c07fe017e02bf401021b008a6040f42246107a198d044b84918257c2012890a4423a21b3182b89d584c3c43bc4d1c237e215149ea246b923f2989b49f544bba467a42fa40269355c816643f7222793fb99e7c83fc82fc598826a425c4150a16da265426d42a3428f49682a728532c291b28e99422ca79ca03ca8c305e5845d85a385078ab7099f045e111e139119a88ae888b488c489e4883c81d91292a96aa42b5a50653b3a827a837a8e33484a648b3a6f1683b69d5b49bb4093a86cea273e991f45cfa697a1f7d56942aaa2fea259a2a5a267a5954c040182a0c2e239a91cf38c718667c159311b3140b11db2bd6243628362f2e256e211e229e23de2c3e24fe558229612b11257150a24de2b9244a525dd24d3245f298e44dc91929ba9489144f2a47ea9cd45369585a5dda5d7ab3f409e95ee9391959197b99389912991b3233b20c590bd948d942d92bb2d372343933b908b942b9ab72af99a24c4b6634b398d9cd9c95979677904f92af94ef935f506029782a642a342b3c572428721443150b15bb146795e4949c9532941a959e2ae39539cae1ca47947b94e755582ade2abb55da54a658e22c2e2b9dd5c81a5525ab9aabc6ab56a93e52c3a871d4a2d48eaaf5abc3ea06eae1ea65ea0f34600db64684c6518d8115e815462b625754ad18d124695a6a266b366a8e6931b4566b656ab569bdd556d2f6d33ea8dda3fd43c740275aa75ae7992e55d7513753b743f76f3d753d9e5e99dea395e495762bb7ad6c5ff95e5f433f44ff98fe63039a81b3c16e832e83ef6c43369fddc49e3654320c302c371ce1d039ae9c3cce6d23b49195d136a34ea32fc66ce344e373c6ef4c344da24c1a4ca656b15685acaa5e356eaa601a685a692a30639a05981d371398cb9b079a5799bfb450b408b6a8b198b454b38cb43c65f9d64ac78a6fd562356f6d6cbdc5fa9a0d62636f9363d3674bb5f5b42db57d61a7601766d768376b6f60bfd9fe9a03dac1c9e1a0c3085786cbe3d673671d0d1db738763b919cd63a953abd5cadbe9abfbac3197676743ee43cba46794dec9a3617e0c27539e4f2dc95e51aef7ac90de3e6ea56e6f6ca5dd73dc3bd672d6dedc6b50d6b3f795879e47b3cf354f54cf2ecf2a278f97bd57bcd7bdb7817780b7cb47db6f8dcf395f48df06df7c3fa79f9d5f8cdadb35d7778dd84bf817fb6fff07ad6fad4f57736486e88de7079236563e0c6f301e800ef8086806f812e8155817341dca0f2a0599e35ef08ef4db0457061f07488694841c864a8696841e8549869d8a1b0e970f3f0a2f09908eb88d288f7910e911591f3512e51b5518bd1ded1cd31b89880988bb1d4d8a8d8ee4db29b52370dc469c465c709e28de30fc7cff29df8350950c2fa84f644fad207d79ba49ab42b692cd92cb92cf9738a57caf95491d4d8d4de34f5b4bd6993e976e92737a336f3367765c867ecc818db62b9a5722bb435686bd736c56d59db26b6db6fafdb41d811b5e37ea64e6641e6c79dde3b3bb264b2b6678defb2dfd5982d94cdcf1ed96db2bb620f6a4fc49ebebd2bf796ecfd91139c73375727b728f75b1e2fefee3edd7dc5fb16f787eeefcb67e71f3b8039107b60f8a0f9c1ba029182f482f143ce875a0b998539851f0f6f3c7ca748bfa8e208e148d21141f1eae2f612a5920325df4ac34b87caacca9acba5cbf796cf1f0d3e3a78cce25853854c456ec5d7e311c71f57da57b656a954159dc09c483ef1aadaabbae724e7647d8d644d6ecdf7dad85a419d7b5d77bd617d7d8374437e23dc98d4387dcaff54ff699bd3ed4d9a4d95cd8ce6dc33e04cd299d76703ce0e9f733ad7759e73bee982f285f2165a4b4e2bd49ad63adb16de2668f76d1fb8e878b1abc3a4a3e592d6a5da4ef9ceb2cba297f3af10ae645d59bc9a7e75ee5adcb599eb61d7c7bb36763dbbe173e351b75b77df4da79bb76fd9ddbad163d973f5b6e9edce3bc6772edee5dc6dbbc7bed7da6bd0db72dfe07e4b1fbbaff581e183f67ea3fe8e8155035706cd07af3fb47978eb11f7d1bda1354303c39ec38f47fc47048f831f4f3d897ef2fe69f2d38567db47d1a339cf859f17bd907e51f587da1fcd02b6e0f298cd58efcbb52f9f8df3c6dffc99f0e7b789ac57e45745937293f5537a539dd376d3fdafd7bd9e7813f7666126fb2f91bfcadfaabebdf0cee25defaccfecc47bfefbc5bff33e487ca8fda8ffb16bce75eec5a7984f0bf3399f253ed77de17ce9f9eafd757221e51bf65bf177b5ef1d3f9c7e8c2ec62c2efe0760757a6e656e6473747265616d0a656e646f626a0a36322030206f626a0a3c3c202f54797065202f58526566202f4c656e677468203633202f46696c746572202f466c6174654465636f6465202f4465636f64655061726d73203c3c202f436f6c756d6e732034202f507265646963746f72203132203e3e202f57205b203120322031205d202f496e666f20353120302052202f526f6f7420353020302052202f53697a65203633202f4944205b3c35366536393530663735366230626263313561346132343665393863346564393e3c35366536393530663735366230626263313561346132343665393863346564393e5d203e3e0a73747265616d0a789c636200022646067e10f1898109c8631c99c47ff6d0734c0c6ccb8161c0341d44880309c60020212a0c2464d280049f279060ed04129ca10c005dde077a0a656e6473747265616d0a656e646f626a0a7374617274787265660a32343437350a2525454f460a
1eb095fa031b87d78256e309ebd46a9bf5bb58308940ca238ee6aeecfac0c9ac	0	\\x255044462d312e370a25bff7a2fe0a312030206f626a0a3c3c202f54797065202f4f626a53746d202f4c656e6774682032323539202f46696c746572202f466c6174654465636f6465202f4e203833202f466972737420363431203e3e0a73747265616d0a789cdd5a6d53e3c811fe9e5f311fa112e3d1bc4a5b575b6530b0d42eb7047cb7c972544a6b0b5062249f2c87e5dfe7e999916c3803b683934b56c6f28cba7bba9fe979a63d5ec13893cc68a698d09ae1e26832ad2db3cc44118b99c1d384d928611167d62a46bd022dc1e258b048b244a1132f2e231669dca9db404e5a16e1152568c790d41082a2c243c1218ab104a9a05f900a061012772b9880a83568c35e8c1105ecc5c632017b094617314cc0387de4266612a21194e0828020933021e0acc410124624869071c4a486692599840b1ac2705168f82b61cfe04dc29ee59c29d8b371cc14ecc5e854b01727c009f612a08390255768c3344f0c531832d282298ba101868229c9d14e70d712b8c2059e308d21958d1844a5d668932b881b1048630879b884e034ecc5c00943498a5b936b00072a32893533e4a2c55c457011711b0c15c59c190957e1ac810b70c04d2dc50dd3081b734aae270903644a27985db8403859887249f30c9316b30f13124234848293103106415b0c6d0182355005a824ca11acc54b40d8c284e6c810ca15c481a16d82410071cce14f2cf111931e2bbca4f9c30f3fb0ee41392b6a6460f7633e9ab24b242467e7e489bb859676b72bd61d3c4c32d63d4b6fb2297bff3e1828eaaca8a72cf652dde3aa9c4d987b74c1bafdec9ff9303b3fde67dd13565733a8a37750a5c574925659317c68ac7abdf7ef59f7341be5e97ef91dee705c3ad17bc262c2c8f3682f8e130b84afc80f18a899f0e39e67d372560de11970763d17186f587ba929ba16dc6fbcff8831bcdfc687eade63f79eb8f788fb9b4724f262910dcf44b87ba022191ecbf0dc36e2a11d0779cc00dd85f06308c9c35d87bbd7132ab455d38ec33de869decccc19cdb68f1aa097c3d91d411322f6401c8eb3bb79dc9c74bc1bddb39b30efa47cf69256b49196d8484b6ea4a59ed3fa10bda4a69f55132fe21192afd5a5e44ebf8db397942e89b85d1ea8f9f445f3e91b9c3fafdd732beb733bcac5b024c1f3f2de2d9d8fc8633226964432f8f06224ba89a4512695fe4b2ad649af3d43f166505fd23ee6578dbff93511968ef406a517515e242c9bb04ab417d15ec47811e345122f927891249ecfcb7af31ad6e5c2b28cecdbcc6be28cc56bcfab88da798d579cd7c8714308628d89bda40ac2f3d3dbc71f39ea11eb27b668135bac9ad891232cb176665f5289e40088b70080e3c390f56b0190b400985501702c2a9665db2b00489f6e526c0100c7d172595abe0c80940d008df2eb00381a95cbb2ed35007cba851dfc6d0170842b97a5e52b00d81600b52a008ea5e5b26c7b0d009f6e6a0b1c18391294eb93a06a4950ae4a82c217481b90a0f2926a0b24287cfdb53e09aa9604d5aa24287cd5b601092a1fadda02090a5f14ae4f82aa2541b52a090a5f4a6e4082daa79bde02090a47827a7d12d42d09ea5549503812d41b90a0f6e9a6b74082c291a05e9f04754b827a5512148e04f50624a87dba992d90a07024a8d72741d392a05e9504a52341b301091a2f69b64082d291a0599f044d4b82665512948e04cd06241887a384f549f0f07b7d7c51a775e68048b93f4be9d177ef618a77a040401c95f8824f8fae3bbcc3e950c919bfee44d44ae6ad880e98a8e514dd10fbe93473fadddea7e3f39f3efef1c7b22e2fd262dad92fc723b8500ccb515edcb0ee97bce815d37cde719457d3fae036ad1c3664a49f4d87553ea9cb8a85738eeea734c8d0c945f762f6ad76b10eaa59e6a31e943f15394c667412e875fc03efd5977c54dfd2719470b9b7ee25dc5994bf94f3c924be65b1a1eb60d3221f649c04b9c46ddbcda541e1dafa67893b4f7a7a19ae90e4125c1fee092d2ffa64e8dc9093070645047d4a62e17a4de42d2a30904a2c2a05e5fa351dd2399ac1339731ff6f17a1b58214f0b9fa6d8efef9ebc5d9d783798e9e6737b331926bf3340d6b659ea6d8e45e4bd3c0012ba6a9e4fe8f2e4167e428a7845ba3da8a95febcb4bf94abdb0d4a6be3766f2b29450d922f6174d26b51e04a777c2e1d881ab54bc22da3537c4b27d0211d61198510695a49bd486ee947a01117fdd7860ea335d291bbbb06074a1483f4d9e0cb81d0fe4fd3e13eee89f4fd34927167490a5f58159690749620c9e9a43a24b95d9e00d62da2ffb5cbc8b9d7da2c7e56edfb2379ae1fdd432f305a92fc7f3ded1df63f2f497ecae7ac18a5454d8294853199717bcd7c1d9c8cb2a2ceeb87ce87c504c73b7f9cdd616b5cc8eea7e7fba2a983fefb07fcb6d9be1f1df0b7e7bb8b07fc6fb899ceb7cf054cecef0613b50c13b1654c9e2b3016108a7f3708996508c9b741e8254cba7ff9fcedefd9d08b7e178a7ef67c9a523d5acc358b388c740fd2c9872cbfb96dda7ea9d7ac2312b87b344e6fa6edb6b6ef11e9d00f841d2a67440c5a777a575ee228bdcbc70f6c8728841187ec86fe7c9c89b0759dfbae1fd3bbecb99af0a44ec7f9b057dca028e7846276f78128c77dfad97d9ab3c7c266fb6a8076c50045f43840bb6a80d1d3009f2d28fed331aab70a513c0df1d96de3df0c71858de9e0a47ff13085b593e2baf45fe6aa5156d176b4d36c47bbb4306ff2695d21a8dea8fc96edd2fe3499e07b1081c4ddba81a541797cd23f4d27f39decb7d55c5876edf6063512a130c49382cd71c7a5ab7ca8466a76eba672d191af4daee63bb13bd06af6554f1a832acb5cc9b8b0657a52a127e765d96e9e9f520a7a9475fa8788ef34adfed162428d6ce4b9cfb35b9d8ed23aa5ff0ae10d7f9ed593597d1288f492c50b6ed00ff08f36c176e4e66760efd6012c8e4bd4013fe7d97d569d55d97546f40a7572a29f4f27e3f4a15f0e07798d8468bc69f27956df02e09d4136ad6fd3d9342b10c54195a5755e167da2c79dfe3bc1b1c22221b8fbf7b59120bd2f6981894fef6a0abe1c3daf715695a3d9305b5461bfec0cd3bc2affc47e9d8cae7fd975f9e16974e76bc76946e8f37eef9c66e31132e236cb8b77ac57dca13903f468c2e897f2b6406bb7090bb9537b7031ee355610300fbba79b9e9d296d4c27870728a58de9883d1ac82b605f1be514bdcfc6eb9c7c5e26de64b75b8d3bb7753d79d7eddedfdfef0dcb7159ed95d5cdaedbf28e07177f3beb1ff5dae26571d6c9e17f01a805f6d6656e6473747265616d0a656e646f626a0a38352030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e6774682032323936203e3e0a73747265616d0a789c9d5a6d6fdb480efeee5f311f1d603399f797a268d1367bed2e2e7b7b8db10b34d90f6aacd86a64f9d6969b437ffd71e491455952ec530ba7169d79483ee4909c713961f0f792c30fa73875ce5ba3c8c36af2f7e4ea77f2fa35b9baf9f0cb357cfae60d797ffd61c2286782c04faec24f29c96641ae124616dbc9fbd984db88678965d419c395204650c7bc168ecc5693abc74b76c90827b3c7c9dd747661d934dd96cb64b74d8b8bbf66bf4e7e9e4d7ebef9d0d2ce6bede1836001f7062ca6d20aad3cbcb14c3b27822995564b389354194d94b1d4724d38f54e914d4a1e5bc0a2714b6a19109d839f4afa8005fe4477b0375c68eaa5e6bc7687d7ee4cdf3d9569f123cd1e96e0cbec5b70a5972f00f67b608f81a5855feb05fe72c9c21f1e418ff99167bb2139c4988349ea253fae9372b73ad7010c39ec8110f009154c18ecc327de38a16a27421ae998461af3e33ce596c153378f6ed27c9e6e81f7ac7845de152b78dc150b028fe986fc7921d874bd2c40d2cab04fa2d1aeb1761eb573a45d084785744cf263edd35fb665a509292eeea53165b6788bbc0528097e51a743ee3acbc9e78ff0c690e70923bfc2ebdbe4ee2f1030329f70466eea5c06ad5441f6ae8886771af2bc96e4e4767235fbd478614e25424fda092d28d38a79d509dac72caf3ddb6d8b64b94adf0e64a07db13e044e59e4940193865acb8d56956ee9fb74df4d0b50fc139967298e1f79ce36e1694e92629106b6d312c7b497e39a47eda9662d1ea3a4e21167833be94e6f8a784d99734ae86e82563e402efec8d265c5e9db73cd964c53290d32bb9674c2ef47845f72473d53ca75f7ec6d99e679203d2bc81c6cff47b2caf22c1d4801fe728f18cc01c93d15aacf803b20ec29bf974a55314f8b794a7e4f37db75713677a0466a8db98b920e779c8f214f7aea85e25676c8db1bfaaa26ad2892d520736224738a51615adaf95efbebd02ce025de80c696590f4fc96530e3eaf63f495199f0eea1dc25f92cfd6f495e3fa68f8f8ca93993b0b4366a7a7351a34478e8ade0b9ab6cb48e094b66f34aa70cfa8033ad9975e4f2f863153e0ede87070d2f032ffbe64489ac63a92c34fc562ca3a41bcb930db12f968651afa4d33d795807f38faa126d422c87871535329a06faa3ebd75f558f7b68d6d5465817d95342beac4120cfde09c641a56db117255df6f418f61c8c58466ad5d9090d7bfb1a984397de60264906fd33d497ca97c00b353cfc096933fdbc7b0cbf34d478b819c9b683cec3faec9df2533d3b52aa60c6f41cf7935ad2a5d48ea014363674792944b732d78c7e4cbfee36e5768ee6b50e41a77b592f4141bb13bdda61fb53eed5d93c090583668ba728e9f234a683a980ca84e7c34538f2b4de94032c8991cd2be886868f75e312dc29bf3016caf971390dbfeaceac824ac1d40ecc2032a3a443a618d3d1541889040c4627936e5b26c9209d233b5ad0ee4cbff6759e16e47ecab5b8bf3837f38ca1deb6c88a922e59635a86728c6a055be4a5cc8353499e3e2c07a91ad92e826e38f3f6e97e4eb3af391c4281ade7f3b972967a2f305751d2e56a4c83d08c536de0e0ee07b9ba0d19b50d83fd321c9f36d9e229cdcac351bac3dcc8d21f2cf1acd79279ba2bb71571b025cfa64e334f19c7d4d5922e75631a01ec4740ad6c1fa2ee739a678b6c5d6c17e9168676f021791cccb8911d2198e1459f1977d3cd7e4031669581eecba7a45caef36c4fe5e609983c734cd112cebf70c44654464997ca31bd02fa3d350c3c1dcec27a6087fa56cc872e5c46b68ba01e1a679ffaefe9e6392b9fd31218fbe3cff3734f7338bdb7088b920e61724c3fd0465123aadb9dce6dd76e0b9566fb8abcdb84f96d4baed74f3b188ccbed106b23bb42b0c19b5e1bf6414bf2646fcbb9a4594199c59ced055dcac67405ed34358a59d60df281b2db7413ce84bbd50ae6de7535fc8693d3d1ecfbdbfef3b3b81dd94682b1def51afbcf2f46723e53f64c560db3547bc46a1474591dd33f200929374cf65d153599b883b104ea5f7555f03eb691eabe281d3aaec9915d24d80347d81e7ba6d0c7e625b9d981291b78cdcb7309140e8a538bc128e95238a68f1825287770e27e21313fde4babf2325b90afd960ae8d6c2041bf16bdfa39755440993f9729e5a12ab5988a922e5363da8431124e38d55721834c5d275bf22f985132283f244f16e4fb7a3340981ad92e82195af69af12d39972af8d72887a98a92ceada7e227cdecbbf6b4cc5021d125eef1b5e77a9915649b1573729ba564915e7036fdb15ea4e7df81021db4e5431474a2ad4e7ea3d3136d1b460c980ab5ed9696dfd25deb023a4ea93f916728dfd5ed74dfadc5c1f1eace3a5b85c294c3384160b0589443a548c9716912ec97becffee9f57ea0ad74ff7f43add578a00d4f81ec21c3a0d0c7af98e08df230e568e6209f1c83f53af0dcad9261b687f7dfd70551872f9bfa8306ae7ae85251c7e149191d8e8bc6da4a9114ac4fd1fecbb353979e325c5ff2e6d2f35e307d11af2b8365956ab066af53126bfd3e25c3578c128c8982bc1178383f315349e29a83643951c651265a388eda908d0d4e14209cb806e340bcb8530807049e619c5ad0e0d46b5a38925ac7318e0eb32ac689028413d7b4700c35a6658f83a4c1fcd4028413d7601c172eb705c201817708263e3728f58a160aa79661969da07062c730518070e29a168e3c8a3acc4deda8d7028423bb5177e628eacee1f0e58d00e1986ed45d6877385a1e760d8689cf0825aec0281e8e0a2d8e61e78ac6bcbc113438f59a168ec4a912700c7598e4f88c50e4512e0514281e0a73e35df5b53d8289028413d7b4707c3be6e1c0cf158ad54180707c27e69a897ded6b70140e5ede080eab0e6b5a389a2ac3318e69efd08300e1c4352d1cdb8e7975cb605a38fe283687351887b3ea5bcf0687730806e6a7163438f59a168e84428d79e60aa2ac304e14209cb8a68563da3b5d738b0398370284633a7b5d7387b776c0f178d3e68d00e1b8a3dd0f3830d94b867916703ac434c7e706a55ed14251edbaac853d8a562d4038aa5397c36fb5eab28633018ed5fe1161d84e4dd6c2e36dbdaa2e555091ce1b01c2f1473b1f70a4c0010e38aabd430f8206a75ed3c2d1473b549a76553e08108eeeeed0f0ff4d9ac4adc7158371a200e1d8a3bddf83f338f9f7e47f18fd18ce656e6473747265616d0a656e646f626a0a38362030206f626a0a3c3c202f54797065202f4f626a53746d202f4c656e6774682031303638202f46696c746572202f466c6174654465636f6465202f4e203833202f466972737420373135203e3e0a73747265616d0a789cb558cbaa1c3710dde72bea0f46f5d2038c219080c18b987bb30b5924c664e360631c42fe3ea75a9ae9493299ee11b7e1ceb4d45d552a9d3a7d4a736ba144b52e7f8d581bb544dc9c1a9378a126a4869992b64ccdc85c088f9d8d702327cc0a65576a954a827ba3528438216c46a8c40815731866ac9034c68e2f238ef5386122314b198316cf0b3231cc5225b6c503769631638474e4c5ccc43966113ce7b803bba2982135ae82e78cc8b5c43a88d534eec0ae216fe64a922a9e732361ad9102062d72c1ce2552172151c3caa224860db018061e771ce860c6924972ac2c05831c3b40e4227107910b706545e45a6280c84b1ac852da8237704d6eb15d52b61838062d00c8a4e2c8470ba9c62e91a59ada5225e4159024528f38c6a4d960838f1660cf86c825c31d41b5461c9451db82688e6222552b0474918f55b2d83763b7c68198273209309d31887c5077d31a0325338b3a800d86b2a320a045c6963d9305171815b212f574442e3902227205240c64ad710c10b90555b2902780c408e1294a0007e7a80e36e012d541ba2e513854da3547f12bb9790c1ab927fbe6d52b3a7d4bf1fd039d7efce5d78f1fe8f4fcfed3675c9e3efd49af5fd3e92d90a4d33b42b4444f18fd46da47cf707983cf5f61fefcf5cb1fefbf7efff1c3eff05ae2be8db7a3bb5c9cc3e5bb7b2e2815ccc180ffaef5ee9edf4ff1f285255ebeb8fc1cf65cd6559ffedf7b1b008f6878c91f05a0e91980b3f336007931970900bc03900f00a02c49d9e300940b00b61780ba98df62db16009d6e21a32f8f405bb2bac5cbfb0884989f21a83b21805044eae916e1ee62004983c1ad32bd91fbd8456be9e0f524a345f46b2f44487dbf0e3b19767af5be5d95b8c3787f451f2b5e1336e9cbd40b9abe847b9cb2d14947c12eeedb15d36e3fc1dae8d31de974000e83492b6f0befc58179c5612f7317fe9d77f2afe5b670601d38d80138743ab0cce0e0171ccefedb22d6cd6d0a873270a847bc173db13c83435b71d8dbcebd9bdfa4df160ec24369e4001c962e7b16b5c770904b53bff86fe250baf94dfa6de23074528ed0c9da13bb49d42d1c569d94bd3ad9baf94dfa6de23074528fd049ee42293342a9ab50ca6ea1ec4aa9534aa94329f508a5e42e953a2395ba4aa5ee954aee5aa98f6b25db3f4f3b577e9bc71d1dc7171bc71c1bc71c1fc71c1fc71c1f7679d88d1f325ca68f3d3a686cd734d6173aa672175c9da1b1ad34d6dd34ee3a6a5334b64163b32390e8926b3334b695c6b69bc65d496daae5db68f9568f40a28baecdf47c5b7bbeededf9d2a5d4a69abe8fa6ef720012d245d767babeaf5ddff7767de952ea536ddf47dbf77c04125d747da6effbdaf77d6fdf977eeef4a9c6ef4331f3118a295d317d4631f3aa98be5731a52b669e52cc3c14331fa198d21533cf28665e1533ef554ce98a99a714330fc5cc4728a674c5cc338a9957c5dcff4fcfae98f911c5fc1b75cde0e1656e6473747265616d0a656e646f626a0a3137302030206f626a0a3c3c202f54797065202f4f626a53746d202f4c656e6774682031343037202f46696c746572202f466c6174654465636f6465202f4e203832202f466972737420373234203e3e0a73747265616d0a789cb559db8a1c37107df757e80f5655a52b184320090643b2387e1bfc109b5d1358e3e0ec12f2f739a5aaee1e96d9d9eef6cec38cd49a5325e9a8eab4a4a14a2106aa1c8408a504a905650aa9689943a68eb2845c2bca1a8a24942d94d650f650b3046a31b4a42585d661d738f40c5c435b54c70d0fa3879603a504970db04c8a81df12d5180e4b566bed91d0d27568e88bba5a16003beb07cd5d7fd621f51438266dce81d1072a0515edb0d7c09cb4a5059608cfbda3a2c01803a784e6488173d41646a5a21943e192bb7a0d5c09cdfa732dda02cf4db44378eeac15b8d06170ec41a2e81022a854f798ade80c182e84c10e461744b4434c5ba4e830739094b5528264f860aaa860a698419022e81dfc4b6554306da9581166786e02876895a6936378ee4d2b58b8882933675474ba5c42a282a1720d89b3565a48a233e08e4ac9ca4d4849bb007d2961b1191da7ac7ed04d2aa2150d09b0ca9864aa49c1f05c07a3f0dc861f78ee70068e438eac1c47541055ba0c5957876199c7128191cc4d2b2964810527449be8a225845bd2a1a61a7226f5d33400b502cf5da9cb3194c8ba7a848a8e39732814d3ab43c888e9f7a18cef3abedbf8eee31bfe46215618980c4d0661b2c2206c1036576c10318818440c220611832483248324832483248364836483648364836483148314831483349f9641ba41ba41ba41ba41fa3469f292bdf47947837d7cf5fa75b87a170e4304c62f1081f14bb8ba065906bbfa235c7d40f1e1bfbf6ff070fffde1f3fd2f77375fc39b37c3c14f41bf7f07e0cf4f778af8fc4d81efbffd0b84fa076deaaeda28aeaebf844a8be7b74f7b7e37d4c88c167b35faf99c110279e0d3a9feaecf5a8a024edabde5f3e36cd338d3324ae3e369abc350d3417c8b47c4d797223e99bbb683f8460bf16d2df179e07d2e9b882f9b890779d1c9238ff329bda7fca6eaa5e33cc5c9739c3cc9c9b39c3ccdc9f39c3cd1c9339dc405c3739d3cd9c9b39d3cddc9f39d3ce1c9339ef2243f8ef3a427cf7af2b427cf7b2a934e39ae386ece56ffbdfab8e660723f8d1fe779730b171172f920170e76c560570a8e9336ba2a3aa33c89a533f8717be0371fb3ab9a057e3bf2f123811fcddba41d8827591df77322cff6cfc6bde99bcfe4517767c3fe30f63bb60274011e4c087db1b7f1d079e1a1afcdff01efb48b87e43ce40bf0603ae8c1be918732f3d065250f2683fd64f83dcb43731efa05782836b093817a9e07dd3dcf3cd4953c54839f0cbf677860dfb3e8d6fce57968ea6d12bb8d3c4c2fa9c5fe591ebac14f86dfb33c14e7e1123a49d146b64328f5183413b15a28c9f07b94927d0fcf7409a524b691ed904a3deccd4cac954a1a5a39cd652b13c999b8845652b291ed104ba6592c67fbe799c886dfa3967a6236262ea196546c647be492e3c2c45ab9a46af85d7ac9ae977c09bd24134cde2398bc0826af154c32c5e45d8ac9ae987c09c564534cdea398bc2826af554c36c5e4ed8ac9fce848b5d89d3fcbb2cc47bf4d5b7abd401ac4cb5108ea3dd3cb106f82297b4250961094b521c82683b23d0439ef24fe30aed50685e9e81db771115c11a51f2f4279a1453045943d8a98164594b58ac8a688b24b11938763924b30618a98f684635ac231ad0e4753c4b43d1c25ee0c47bbb63b69f84487c7c7fae918331d6ffd0a723ee64d77af1eae7ebc58b6fdbec599b7bfd38b7eda043a6ede0a396eda10f8fb77792d3a6e7e394c38bfe098b5cb717ee533a79347ef12548ef32b1fbdbe1e4166d173771f5edfdedcdec698738ce526c69a50a25e31d32aa8eba7d973e9f814c3e03156d4cbadd9e973ae31de74c77afbb0f9840f0d0c258a14b3fb1dedcb45c8d1122eaf9d5ffffaf2f0fdac983c5efec5f6bcfc6d353b8cab7e63d15723c723367f7bf8fa0ff259ff17f27badf127d3008ebf0bb426e34f01cb73f8fc1f5b673b1a656e6473747265616d0a656e646f626a0a3235332030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e67746820333836203e3e0a73747265616d0a789c5d52cb6e833010bcfb2b7c4c0f11048cdd482852955e72e8434dfb0160af53a46290430ef9fbee234aa51e60c7ebd999b5bdc5fef07c48c3a28bf73cf9232c3a0e2964384f97ec41f7701a92da543a0c7eb9adf8efc76e5605161fafe705c6438a936a5b5d7ce0e679c957bd7a0a530f0f4a6b5dbce500794827bdfada1f2575bcccf30f8c90165daadd4e078828f7d2cdafdd08bae0e2f521e0feb05cd758f6c7f8bccea02b5e6fa4253f0538cf9d87dca513a8b62c77ba8d71a720857f7bb591923efaef2eabb631482d4b0caab50d630caa7535630c8885e398f3289c47c21bc11be248ada35a0b9207c42630c680792f794f58342d6b8a97252fbb15bc455c778c31a8b62a1963404df135e46b45dfb2be13eca89f4afaa91037926f286fa37022e9889721af681963405fe1d4c471d283a31e1ae9b3e13e45df92be137d47fa46eec7d0fd1839a3e133f6c2ef1183e481f24e7c1df91ab9430cf470b717a227a459bbcf86bfe48c63c103c9f340933024b8cfec3ccd54c5df2f3a12bfc2656e6473747265616d0a656e646f626a0a3235342030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e67746820353436203e3e0a73747265616d0a789c5d54cb8e9b4010bcf31573dc1c56e079ee4ac852b4b9f89087e2e40330f478916240181ffcf799eab236520ef6144d75774db59afaedf0e5308d9ba97fac737f94cde4711a56b9ceb7b5177392f338553b6b86b1df1e4ffadf5fbaa5aa4bf2f17edde47298f25cb5ada97f9697d76dbd9ba7cfc37c924f9531a6febe0eb28ed3d93cfd7e3b3274bc2dcb1fb9c8b499a6daefcd20b994fbda2ddfba8b985a939f0f43793f6ef7e792f68ff1ebbe88b1fabca3a47e1ee4ba74bdacdd7496aa6d9abd6973de57320dffbd4b8f9453eedfbbb56afdae509ba61c551b4f8acb51b5c92b2e478907c603b0100b381d391de2af8cbf023b6207fc42fc5270203f806f07c5e5a85ad7282e47c1d4e3a0c75383570d8c47c413f524d5c33a51eb58e65ad4a74e0b9d2e321e5133b166426ecfdc1e7c6ab0d090a83f41bfcbcccde0906fc18fd416a12db066d09ae447f023e311f1449c14536782cec05e01bd3c757ae814d617ad4f6d41fda1870e1e7adedde3ee81b94173390bc12c843315cc34b06f40df487e043f321e1177d4e3f4eed4e0a0c1b1a643cd4c4e06c772be16f3759c8bc35c2cf956f9ec95d12b11279d0567e431234f6f3dbc0dec1bb42f7d73f0cd53a787ce4c7e06df518383064fffbdfa4faf22bc7a8136db58f41dc819c0f1ccf59a4baf3cbcf2bc8bc75d12fd4ff0dfb3a657ff79478f3b06f2cb81a57b6c17d60fdf898fbdee6feb5a565a3f26bacbd8e271928fefcd322fc8d2df5f9d761be7656e6473747265616d0a656e646f626a0a3235352030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e67746820323639203e3e0a73747265616d0a789c5d91cf6ac42010c6ef3ec51cb787c5986c76b71002657bc9a17f68da07303a4985c6883187bc7dcd18b6d001859fdf7c3a33f25bf3dc581380bffb49b518a037567b9ca7c52b840e076399c8411b1576a25d8dd2311ecded3a071c1bdb4facaa807f44710e7e85c3939e3a7c6000c0dfbc466fec0087af5b9b8edac5b91f1cd106c8585d83c63e5ef722ddab1c1138998f8d8eba09eb31dafe323e578790138b54929a34ce4e2af4d20ec8aa2c460d551fa36668f53ffd9a5c5dafbea5a76c11b333711235514e9495898a8d8a7848748a94675997a88c24f0f19ce84cbe72bfe5425a5f24ba92769154cffef256d936c67bdb6af13e764cb3a656b7268dc5fb77b8c96d2e5abfa6d08414656e6473747265616d0a656e646f626a0a3235362030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e6774682032303131203e3e0a73747265616d0a789cad595b6fdb46167ed7af98471968c673bf14418a38099ab6ebddec5ac0021bf741b5469794a25b89aa17fef57b861a8a871a6acdb24922853ce67c73e63b779a13067f5f71f8728a53e7bc358a3c6c27bf4f18955a12f8760ebe95f464b722d7734656fbc9cd6ce28e2b1db18c3a63b812444baaad929293d97672bd7cc55f3102d7cbc9e7e9eccab269d857ebf9611fcaab9f673f4ea4a3de0bae35c0cc16f0cc6d281661ffb00e9bf25bf2b6dcc2eda15c11b80d3bf2ef2bc1a68feb1224f5ea0f33509033ee0d8f3a5aa195870bcbb473226a5aab658961d42b4d94b1d4724d38e552925d204b58ee24ec4d9d8e08ce72f2afefe1c290a709233fc2e7cbe4f3cf20606431e18cdc3688cec2c39a6ce1b88e6ad82c090a7237b99e7d24af5f93ebdb773fbc8763bd79436edebfeb671228f4470a3da2104e4495924ebb9cc3bf8743c03c7c4bbe0f5b6067111a463edcbe9b5c7f6a35e0ad069c09d89b7315bf2305b5069c25fb332284a1d672a355ad8475fd4a740d49eea7de33c6e1dffd15d6a297dc4420678e3a8f196c241985620c85425065a4567208859f1ef7551136d5f37c5d5ca2518ea4111471ac4f11200d38be9a7d194497f0d4c38688ae24c9e85263e852922a278518e471ffd8559758d2235982fd9de8dfbf276b0c214c43cccb0e6149921166c6106614d54c783ec8bfeeaa5dbc9ddf4b690381739045d892fa28910a6a78fc734c809d67cb3fc2ee396c1ed6e5667f89723b92723881537d2798de6c76bf8672b53b940b88ed18d931b0073aaa3354018b88f724c978772378170c72b110da0f72d48f407579d86ec3ee12797e1c79510d69fad498ca81440966a9b298a8469211c5c714112138650a22aac7436b92e67bb2d9576401ff2fefa555bbbac86202bfbb585246d694a89374fd3a7d5a166115a0ee6fbf213f1d43a0042f8c514f1e1750fcefa552ebb2806008e4c3a6dcc145851a8117f9168e2a2f30df4992f33da6e208252833d08af8be14e6e0382b88fa7d54fdf9b0ba18cd7c649d89db2bd6b7fd540004154c98a19ea93cd5bcc35492d44c7d14485bf5a2b63c69cb31574e53e68df08db2eccc371fc97afe0b7416779b407ed9ecd760fe55883f7802cfacbe1b6c73af29780d3e4992e436d7236c2ea165f15c4026c86d7e53abbd5985beae35b3ba196775c93c15ba4f81e9a624efc3a18256ba98978b81a697dc405ec349a991e484d93184c5a6450aa66ca6efdf42f55c41712ca0112b236d75d047bdcf4ae414b2fa6fd5535b5be7f3ea1bf214ca922cc05d7a56344e55af209b2d797bd8475248b109ab8bad0c77236d221915b6f78cc82075616583cbaa346006d7314c92e486f1630c63c1309a5b993bd258c39ce692f684985ec146d2eb805edfabe9ed615f851d7c16553b9388c11c43faa49ee1bcd748f291848fe058710df59d2bfef59cbf33b85ce0598ce3396aeb78afb6717011434995d0d4880ea94992932ac7901abb7acfe3c9be16a971bcb9c0e5cbe5ae9f4b0d7d8fec5512f9ec5046ada05e71cc6892e48c8e296a0afa75cd99757fc14d3f67491a0d359712ae185904a3c24ef729fc79fafe71b7dc5fdafcffb1aca1b42b83596e2439cb632aa116d02e4a28125fcf6fd1b473c17d4756b4a8abb4bdbada814eab61c0876109b17914e4648ea95e5a5baa35e33a77d99bb09e17556a2517a77632d2fa52a77071fc91234b5754d3f95e354b30f5502aa154e3f766c7fb8c4839a644692f6188f1aeefb519344dd08373367d7e5c019ff3ed457a46569cb8b9627d9bffe911c6c07cae71d149826c80912f8f5b7d038c91061e87da28f301e6e369727982ca1ceadcd31902e0a7dde67cf03c6314f47cdd7325496efe31af018d862e106896a6e7edcafc618d4f549e1da9ff6dd62a2c8fc9f7729f2d47be3334061a41d3a7ecf4cb7ca89f385e4b10a149927bcacbd5a9cf532c876e472b6dec855117523b54ffa2a8c80feb321c67984b490836814477dc255e2888180f75096abf83eaa475dc3463e32e1a8d08f2c763495422e6925300bbde3b96f638dd2903cda011c6da7a2398e0fa36facf2b186958dce1faeeb7795973f7f6a13acc8b59f86f455e2fc372c9a0e8c187bf69d89cde0ba66bade08051b37a6bd0e6b8a72416f29b8aa523fefa4682324950b4026fa14d37b524ad3949d613651c052fc1388eda689a162709104e5a8371c0a8dc29840382381db4388da0c569d6747024b58e631c5db76f082709104e5ad3c131d4988e3e0e3c13f3d308104e5a8371e2406504c2010194e61626ddb728cd8a0e0aa79661969da8db7c0493040827ade9e0c833ab3b7d66f5468070646e75680abb56770e9baf680508c7e456779e1a81ade5216a304cba4728690546f11cea2ae6182257b4ea15ada0c569d674702476958803bd2f2639dd231479e64b11059287c2dc780716ee1c2a09104e5ad3c1f15d9b430b46b942b63a09108ecf6cae99a8732fc251d878452b38ad3aade9e0e8ba434738a61ba12701c2496b3a38b66b73cd3c365fd10a108ecdac0e531405cd110e7431bec34f2368719a351d1c59bfea41380aacac304e12209cb4a68363ba91aea138210316ad00e1982cd6357738b4238ec7415bb40284e3cea21f70e2af0318e6390e4598e674dfa2342b3a28aa9b97b5b067d66a0408476579393ed5c9cb5a4049c528f52dc2b0594ed6c2e3b08e6d05c349ba680508c79f453ee048810d1c715437424f8216a759d3c1d167110a8d6b272b9f040847e7112a2d0eeca65d32182709108e3d8bfd1e9ce5e49f93ff01e9f19b34656e6473747265616d0a656e646f626a0a3235372030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e6774682032313532203e3e0a73747265616d0a789cb5595b6fdbc6127ed7afd8470a88d77bbf04410a2771e306709b530b2740e33ed0362531a6a854a2e2c2bffecc52a43814a9848740e25820479c6f67bfb92ecd09839f330e1f4e71ea9cb74691fbd5e49f09a3524b029fcec1a7929e6c16e43c6664b19dbc994ddc5ed311cba833862b41b4a4da2a293999ad26e7f3337ec6085ccf279fa3d9d4b228d916cb78b74df2e9dfb30f13e9a8f7826b0d30b30778e63ac91e92edfd3249f397e4225fc1ed2e5f10b84d36e4d354b068bdcc41526a5fcec040ceb8373cd86885561e2e2cd3ce8960696996258651af3451c652cb35e1944b4936099983ba93b036753a2038cbc99fefe1c290a709231fe0f7cbe4f3df2060e461c219b9ae119d85873559c1761dd5b05825c8c8cde47c76455ebd22e7d76f7f7b07db7afd9abc79f7b69f49a0d0ef29f48842d811554a3aedba1c220ab68be42ed9bc249fd2846469b228c8035c95c4046f52c3c3bf3dad1db53bf0c3ad54aa481781df6febcd2f35a597d76f27e71f9b2df0660b9c09309e73153e0387e51638ab028811210cb5961badca5d58d7b78b28decdc9c7f86b9a6ca6b32ff592bdaea8e8e64252e931dfb5a443b81843b834d41ba9951c44f8eff12a2110a543b9de9e62568e64565a2a599fb9d115a41679936e1e937cb1d9e50f64f17e75773594650dd9081620962b4987653586652ba872528861617d914319d8a4f3e2ffa2fa25b929e2b878419e923c3fa115d204699274452e76db2c06baca3c3ae52e3dd25db06f27faf61dbd4b7605ecb25cfa36628cdd4e07fa4a30f08cc4beaa251d5f9911be124250cd84e7c33262acafde272ba8ec0fc929c6ed38c683f54ef55bdf6e42c0baf78c71f80fd4232bbecbbd5254019388fb4ad2e1de8de11e928e09a1fdcfcd938feb6d912569f11c2fb353fcfb91fcc30ea4e9db01b00d7d61688c5b4fbd6df15c493a3cf3317d5678985514e4e5cf0df23f36272b0a1fd95b83e530e2f45ade33650de05a724d951788eb5ad2e57a4c8b95c253666052f33fb9f86f8234be95d29eac2a7c64df0d7b50ac6f0f116ab903835b6a4e196f115e49ba848fe9b6d228402dedfe9984878123dfad5630ca9d627b64db0c1b80a341cf062235946367a8869308e2b89274391ed325152b8f1f520e0bea37cdcc5dc06966367510a98b5eb2a3e085cb347fde2db668b32d5e4736c760b4527d46470220a860c20ce4176a27651af35b4bbafc8ee9844a6a6a046c6e580c7f84885cc3b1b197d05fe3550ad35d9ec3f07e8ad191ed2e980947506c26df9bf98a95b30513af61c516d5f78ff15930e3fce66b9c97265cdc17bb389b25ff16e4d53c99cf19530f4c826a6d54743dad512a7809f449ef4a1bad63c2869d863565580fc8d59a5947ce8ebf56e1ebb0fb70a3e1d7c0af7d3dd0e9dac2091ffb7c2fe89ec4c6f46465e174ae9865c352ea7b2eff1cfdb754d80497e7a7ca9318d98283a1ca7dc7d05ba8e765335ae7e9634cfe5a83400e6dc70a1a3c202392f78292e42b81cc173f349f57e673fc9646386aac668722c08eac87fa946c1eb350ae36050927c95d0e452b3489f2ebf4aef865e866c21ebcc0adae967463468e8819ade160e979d87ec71597dbaee12743418d0b85b0be93fdeb871757d05237e10dd6739a2c1338ede455d8c2457c173acf873818c7a3e1e39ad630082b5c796b4937427edc7f7b23c46baa858602732242e22db94b1ed7d0fa73720327ea6feb1ca8de0e8e0ac3341088a7fb5ad28d8a31cd19864d2a1557de74fa5cf992b1fd06ec444b10239b6c58dcb8dec51770e8ba5f92555ae4c93214a66165d70470dfa2ab9274e91ad36b8d82c7a078bace8bdbe82acd9f92749b90e7dd8abc8b8b24cc8abbe2b92c0bc1fc4ee10d0f7e4a21ecb75f37bbfbe5769f7af7cb822c9250b94f57e3912d38586f59aff55fe2a10c1b41656b22af259d9c926c544e196fa9f35a73719c53d1655d6c4fc7a23c74aa360d0dbe85239bd79639db2d44bf41cc2de3bba47c491ce78b64ca59f49c84513487e97f015fe5e09d2c8143232d137a9b827b3710ab9021a5abbfadb36c9f33f943baa0e422cb1250c9e33c0f20d3c9a1092bbd8f83439d2bb1d2bc5cbcd668bd8383f2184ce2d1f37a110cb8d8cdcb87bf1b7be13d72cfaa0f509afe0cd1f6a2acbcfb7e964213085b0e1b2d6b550906b0e4a90ad42a4693fc05b9035343922e4bab26509a9fd2400c795a978f410da73884c1213003ed3d122e42b7f69a39a8c78e412ce9e0a04e64de04a3882cada98f34a73236a4ba77ac5ae370a78c06e70b636db99014ac6fa1bfce60be633f1a3765181c79336ede0aa6a7d5a0182c2b97066bf66b4a622d1c871da44bf8bb8a04632a41d60820de3d33a5a4d23948961365c27bae168ea3368471835309104ea583712001380cc10d0e083cc338b5a0c1a9755a38925a28200847972d15e154028453e9b4700c35a6658f832a81f9a90508a7d2c1388e516104c201817708a6ba6f506a8d160a87ca885976302d09cc4e2d4038954e0b471e79dde923afd7028423bb5e871378dbebce61f7658d00e198aed79d0f674384e3216b304c758f502a0d8ce239652d8e217345635ed6081a9c5aa7852371a8041c431d26b9ba4728f22896020a140f85b9f13027b7b8a90508a7d269e1f8b6cf350ba72ae4ab8300e1f88ecf3513651f44380a3b2f6b0407ad834e0b47536538c631ed0c3d08104ea5d3c2b16d9f6be6b1fbb24680706cc7eb9a330a96231ccecbbf103738b5a0c1a9755a38120a35e6992bf0b2c2389500e1543a2d1cd3ce74cd2d7660d608108ee9e4bae60ea776c0f13869b3468070dc51f6038ee090c998e7f05a07d35cdd3728b5460b45b5ebb216f6c85bb500e1a84e5d0e4fb5ea7238bc625fed6f1186edd4642d3c4eeb30e2315ca4b3468070fc51e6038e14d8c10147b533f42068706a9d168e3eca5069da55f9204038ba9ba1d2e2c4ae475783712a01c2b147b9df83339ffc67f23febc8bf28656e6473747265616d0a656e646f626a0a3235382030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e6774682031303635203e3e0a73747265616d0a789c75966d4fdc3810c7dfe753cccb452adef1f3b8424814dad35542ea1d7baad4d217fb9005daec72b7c05d3ffe4db2ce66bca14244f11fcf2fe3f97b6c3420ff9c6a7e90d38a28c5e060b9a9fea950596f819f44fc7436c1ee0ea67384bba7eaddaca27d24414445216867c05be5a3b356c36c534dd7a7fa1481dfd7d5d7c9ec24e2a47e7abe9fbf3cd5db936fb38f95259592d1de3366b6e239d775b3aa9f96f7f5c3f62d5c6c373c7cd9de010feb1d7c3e313879bcdfb2d245bf9f71821a750abacd311aef12bf44f444a6cdb44b2b4240959c0717a28ada8356da5ad8d5b0aea61f1eee5ef8edec0ca6d797bf5f711ae7e7f0eeea92d79e83292a8a1cc4438c045e2b345df467d856598d6e5f88fd1f8331a2209ad7d856d4525bd27ded60fad3b808578fd51fd5fbebcb57cafce76ffce2e1bf0ae123ff7eafbe7e6301615569846b2873db80094999647ba1819b6afa695895ee57f5aa9f6c64547ebf82f665c83d7915a2431dc666765edc5aaf779d29db871f73e84ce9a6e9fdb43344d4fc6bce67df8bf8c9f2c7fc0d18a3b456064d780318df3a0b7fddef4e782a1bdb96452ec1f44bf875b6daf0c25c34ce1da73bf9b4bbb5d1ad9f5e369b1a56bc952eb677f345cd7b6ce51d99259271ab7a51d3a246a2152d13aef5d22cd02eb4ae1781f43299ba0eb820bba88d3769912cdae5aa3ea9867cdbcd68b8ae5abbf6d96eb271755db22a79e44e034252deb7d98f12bea91f9e6b70f0efe3165c2ec9afcc0b2aa64498bf7118b9e0b93226c4d87dc81a7ced435f4ed91f6cbf30bdf97bbeed0a7eb17c7e9937b3fae7339cadebf51ad1f21cabcf7b0f26b7067d9715afbacdacfb3467b3ffa685189372c41bb3ed39cbc964a119841455c2d02939e6a0dc572e50d76682432ab2c7829305c1c93192c3bb4393131c16124a4e2f0c9c3ea6e05815494b8ee733454b4e160427c7149ca04228f221de34b23ebd2038394672089509467058482430793c50fa8882a2f9b0945526a39c91d5e905c1c93105c71eb94efec8f55e101c3b769dc291eb44d2be661004278c5da7a482916ea5f66410983c16941c2129894ff3a2c6dcb96648af198481d3c7141c2bb74acb098a6491f35850ecd15e6a297c7838599bc47767519b5e109c1c537052e9b947be0f9df0ea20084e1a79eed1284f46729c34af198443d421a6e078e582969c5076e841109c1c537062e9b9c724ed6b064170e2c875aff9de45d1a19eafa854d4a717064e1f53702c1fd4b2cedab1cb4e72b2203839a6e084b2d3bd8ed2c0661004278c7add6b92addd72926cda661004878eba9f39467327cb3af32d5ed895c703a58f2828ae3c97bd89476ef582e0b8d1b9dcce2ace656f4849aff643c188a333992f73d9d6ccb0280fe9661004271d753e73ac9106b71c5776e84118387d4cc1f1471d6a43792a1f04c1f1e30eb5513676cbe16250909c2c084e3ceafd57386bfeaff57f835e9590656e6473747265616d0a656e646f626a0a3235392030206f626a0a3c3c202f42697473506572436f6d706f6e656e742038202f436f6c6f725370616365202f44657669636547726179202f46696c746572202f466c6174654465636f6465202f48656967687420313230202f53756274797065202f496d616765202f54797065202f584f626a656374202f576964746820343030202f4c656e67746820363930203e3e0a73747265616d0a789ced9b5176e3300c032fa1fb5f35fddab76912c9b40821943af36d6150d26ed3b4793c00000000000000000000000000000000000000000000204bfb07aa02b4678e54ad358969cd36a533555ada2b27a8de4cdb2ce477d995dddb07d51a935325e6ade9b2eeefc1cba6f4a6da66211f7aaedc8747f569fa7b2ce463cb35d5bdaaa0bf18bd8e0baaf74d3babb4f41bcaab8f4cfbaac4f4fba9ab0ff2d4431ae415dfc7a89e7e1f26d5f04e2abd90713969f533555aaeaa09ab9752a94c6a2e87a01c52b2ca0d934d25e6ba98acba55952ff31d02b544d523315695c2a426d44a35a452aa920f48ac94a4ba5515bbaade42829504d5a3118221195562c27356ec437d613aa1dc03122f94ae5e5495333de4efb8adb8f4efa87cefb8a9ddf74c27aad471c6e629d5bd111b5581b89597efa14a8df49b8f47aafadda3892fd4aa9a3e2a89cbece34095f12f43e20256d5fa13d983b238df9036507dfdf178cc569f339da852c7199b4f1e32aa260ec9e37c0f955165fc56a18e9ba83efb7d76ea278151356592c7957efdb283aa93667bd16d554d9a9cbf1fa9e37c432aacaaf05af7ffe17557bf9e3d51a58e3336bff94eed26aa9c3b777c1b95f14f41eab81bd5b3379255b5e2524bdc9d211da8aaf4c3fc5e825595343955eab86075c58d148cd84ca58e8bee236f32aa8cff3fa98e0ba59caa1298e47181eaaa1b2910b3a14a1d17d987ca544855751dd749a7aa442679dc4575e58d6455659adcb709e3ae86a4348dc2f6fd50aefcf3dd7f4c557a1dc3bc23554dbe796df37e75fde75c7caafe98aaafa31be955894d26d58219f5428f552d772c89f5a99a5795cb7c4d5b51fc43f231aab17b26529836f43c85b7e5aa8eb8bcaabd902c1817a18a044a4a864c46d542935ee52a7eaa4abf79d78c9e543ed3592a00000000000000000000000000000000000000000098e5070e4ea53c656e6473747265616d0a656e646f626a0a3236302030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e677468312039393430202f4c656e6774682035393230203e3e0a73747265616d0a789cb55a0b705bd5993ee7dcababa76d5deb655b7e5ce94af24357726cf995c44914c98f801f719c844809c4526c2701c7c5794002a4813e28a92985b29847812e53da6e9761b6574ea1a13b9db29d29ed8696d299b63b9dd2ceced06e994eb7c3d2c7a4bb44deff3f57721c48d867a5b93aff39e7bfe7fcaff3fdff71422821c446ee210251a6e7f30b6fd0cf3d4548f5e384b0bdd3b79f50b6bed8f82342dc7f20846a07170ecd1f68b77f8c10af4248a5e3d0913b0e7eb3efaffb6085e709917f7b78363fd3f4d92f3c4a484883b19ec330e078cafc65e8cf403f7478fec4a99d39f31120cf42ffa123b74ee709ddf73a21e11ae83f329f3fb520589cb05718d623cac2b1d98589e1aa6f42ff7bb0bf8930b21fda3fb30b20ad99b4259b814b6044384418a56c0f618c4e8940d1ed84982593086c826c927cd1841c90c30139b09f3e597c9c76175f65172ef524184a45891b746d8735cdc49fac1128bc3f052bdd32069373645c9665a75851170da8b2da1df0a874feb16f31ffb7d8e89933204f6ce54f2cc434e2250d249d4cda616f0715181b25264299891e325351247909ac7c7c0c5615f244108e0ae3353e4afc75be869a0667a5d50c927aa9d752e18dd24eafc713f07a139d3dbd1e495283914877574f8f2f28991391086d3ffaf1e2336c784bf70df196ec96c933dbb69e188fae37fd907632ed2327b76dd9e6f11e77bb369dde9fbb3b794bdfc6ceada81fc8485f05195b483c19f58374f566460510890aa3200dcb835c201ca5240f2a1f25e3612d1c4495c36e14a0b99b8bd3dd158934c7194893e8f4facc91881af4b8bd5e5f23a3afde7662fd64ab76b0590b5775762752caed07123776c45ab6855372c7baf681f0e77766abe4bbdc75759e4a6fbdd71bdd141f1d75fbe6645fa8c253e376b56ee27ef0819c0fb347490d4926375552260a94307027413145e15e13654c9c22a2383f86f6a40740e4a3749c128fdb552d3b2b1c1689d4d01a339831bcc67ce0b6dede8427e15165b79776d5c67d35c36d1d63b1e1c9e8d4134f84e66de65b6d55caf6216aded279fcc442f1cf4d4d84cb330e7131c42e826f9b93218132424761f323e8466ea9e363182c73745c76055d1153853fea72839b7ad0401e5995bbd4a0846de24d13b3d44d7666e79632e9c4d212bba9e5faaab6c8d4cdc5a7e896db6fda535c814d2096da20966416237e122177252b6ba908ea08a244a9248c8ee8b51399a442040b354982e96682616536c24a92689e19a2f893a1abb2c024f2715f1f65e3d9646d433d256aa03ed210f1bae52abb1562d04ffdd6520cca6ab3caed07feeeed05df832ee6e69e1e972481d7311cba69fc43b71d6e10d5f181eb7277de39156b69198d746873dbb7f5b528eb522c3675a0f8c8f55acbeecc9e9da250136df1c9b3bebae26b6c5d73b0617d57ccb0f108e89c66413883a32f80bb055a52d465121963f363109fe40084009e447fd2571e853e4e9543209bac80213771abae902c41e4d2cbf2cb09d9105866e9636e4bddbe44e696a5b6f840270b5efac510ba81ce14ff6143ff4d7b709bcb7ed760bdfd5c981764ee7b3fb6221dcd9624e461209ad89a4000097978f229135d33934dca9438ab2a2b6c1630b49bbaa55543cbdcb83c507c103cf4e325f996b8b44c33e264e3461e2841901865dc0bc0b71b30cb472249d56307f9e82886c02d6326114c86e6025d7cc427bb641f5a2420a88d8c6fe2822feedad3d3ab0af4ecf32220d47daffdad70eeb507c0a2e279b6ce3db12f5cfc2a40e42fc0463d743298d9eebef4c3b26dc89b10ae0271259db0e991324a3a59454d3481c10e010ee15cc2c628d01e12241f358c66b35213ada64464a3fe7247804ec9a60d603858d164a29017e8f131033c05897158f22703ef998710981bbb8cb0c0934dfa7c5e4a1aebbd415f5006839b4dc4433d08ad3e1ecc085e80a4dddd0923449a01298cf086b8fe8f7dc74fecdf38ea350996a5630d92f77af3e64eda91eae8ebb33d78ffa71e8a079d9b94af5cb20c07db4f5e779d7362d7ee89891d46cc20c6be0931534b7a935d36c8025e3b131880bc00e0056969555e08194352c83bd555150059b5b4d604e299b87857806b290950edce7b07eed8deb7b3495337359ed8d4dbbe2d181cb1ddf7999933fddeaae395d55f9c1caff5deed858824db409adf80cdeda48ac4926d1cd471c32363262a083c32e7d8b8c34189a3ca01e108e6b1533b06a30b82d15d3af13e888f2702ebd60582eded47c09d4d6dad8ad2dad6f4138c08eedbf52bbf27bf047ded10634dc9fa72f2b822c78542219e465cdceac6e2f21a7a7d6748edec54439de596fe341e0ec7b5e6e6e2132582ef853fcbecfb909fab89966c755091211283d9457298676a93c0f82983c245063633e46ca9a2361a680e985508771a67cd95cc6c4eb0aaaee2bb5dcfbefbd2a5e20f4d4ea7c924578989af3ff71cfbfea504fd01c8e6766fecb67fc98873e17ed02f480e7db5865ae88811a07e91e2d1364b56812b6bb1d0a9f2e6fe641320ecfc5889c5cadec701a84b89d2d4e0f78105e4aa0a07cffc411ab4ad0183121674adc5041eb43d3dec07374d2d4d6eec5c9adcdc8ee850bba7bd7f97b7a2365b0689db776d2ffeae9c53102a9a5b112ef85974c259d4482369259f3374a96614cf862855c01174502688702671905e39583a9b41c82a2692a76656ca39621eb0eee858b982b8958105221008f36306e76a727a3f23184269a224146c6a555aeb6a9c951c151b69a39507a22fd10ba05daa3d129ddd988356b3910f4e06cf3f5d9195d9f5a2e3cce27d1ba6db67178e0376d58f77e4e7173e73f3dcfade1ea64d0c5dfaf96d7756569f6c3b6d974395d1c8d2bd9f78f48e2f3ebb75477566d4f0312d804d5c2437a2d74d645e74829f10e89336810ac449a15442edebd0583cc201aa4a313e87da7a093f52e533569ec826ab1881b385f5888bb94c86738d532dad01fabbed8d56bbd96f8b0c45978e7acd35bb98c6d8a798e0efef2afe86056f6ceb37b0058bdcef00d647b00e09782d0254bba308f318faa5dc083c1112a993eb8df427a8425c68ae14cc40245c8dccb799f5ba5609e13b2f3e9f17ac760ba3569b4dc83dffe2d23ea9d221088e0ad3e1070f9b2a90ac32edc322999eb46b5ded1515ed8998a3b8c82e14eff40d0dd5d40e6eada60f1517e414d2433efa8912de6f067b56000a2226403629c15ea96002d40b858dd292bacbb52dc4b6d7e42e55986020b6f9c1bb464f0e7cfaf4d8ed03c5fbbafb3776e343abcf3e92ba7bdfd987531fdeb763e7ce1df0e1b6817b089d05dbd889926cb0dbac104702b3603624980c8de4e4e1c92910e8ee959ba18437cb3e3a5bfcfb3d7be8e09e3d37b4d0d75a6eb8a1a5d8d94256564a3abccd2290b50891882a71f821c2caefe9b7d98fa0ca6f259dc9f60a8813381d04ea7c98234cb807a5416d1730ce8d8817c743aa3fdcc20b4388e09e9ecb6594818192b992793caa790d26ded7968835b7b7b54d46bb3b8e0d1c3e5ed7d5dca0d83fe25c8548b97320acb42b4aa0ce3be70fce8cb5f6271a3c8df59e86bfb90c9960173ffc5c00acb692d664c40c571a886c886652badc1885d594619e6ab9dab8e104ba5d78c51112f44271c7a5dfd1c7feb492a19963f96281af19871cb70236b87c8f90e01e61bae21eb170c53d2216ba7c8fb8e21a21acbd4660e6c56bc4ca27cf1ccd26e67bfadac39b5b6a3774073fbad037dbdbd131de1a8d0fa47bc7da5e993a1a7dc01b8e06fc9180cb11e818eac8cdd5d5dceef6b628114da9eb1b357c350e3e1c2dd51d735055c24dac545506cc1c99ca898a5f268e18f533d6694711c4c357e7c14a8333962b4ea7cf5baa32e4ea50c47265f56f80976ac6720b3cee29c7f79b2283aa62e38dc74eecef1ff4da6a8f2dcd6d6867ed9be33dbd6cb8a95f0eb6639d11f5f7b38bc56f6cbbdeb97d372f3128dcd089300efe6c23816463c06d1230c40100106e450302647fbd5c8fc11686a3afc2d937c3d907bbfa129b05e3f07b1270fa7b13824a7f2556553be14e05bfa2f6cc938f6c31db6d50db4a56334b7f2129daad22b35598b73efcf4e7bf29a7c7b656556d1d1ba8fe060bbe533bb4d555d9ded96aa652f1df2b37275df2d66db5ef5cfa45a92665cff2b30832427e86328f1ec2b2e3963146cb7769b84d4b15f5789b0e2010c26f823dfb58f1578f3d46fd8fd1aee2f70062dea235e8475cef3958cf4a648e2778bb374ef5e5d80d8403ab7802cb019698e19021c59efbfe4b17fe79e18bfb9e3e3cbd63ebcfe89117bec62e4c3c79f2e4adc5f6cb75fe1188936a124a06a0321744447f589c17b5f363ac7cbbabaee1658ce15e30a0d9a5369b3dfc6227b02aa5fa892ffff45f9e7f3ab9b444bfd0b4a9c913757de95f8baffe3cf11cd6c18029c6bd0e31453230a5b88aeb6c3df8d481f692f81d03d17c1eee0c3c8fc0bc83386a64112b6b80712f1601e049e1f5d79fbad96aa7a2e0baf9a9d759b0f88ff5fd353d1b682fbac1f003fd23f7039c7d4027d1248887d6580fc27b8abcd71f0139e009e025d913a07f2cced2278befbef30e545a174e3f7dfabc71aeceb279fa4fec6d5ef3850bd2cc40b20ef3252559742f3f4284ee28577d05890cacadfc7ad7d0675beaeb5b5bebeb5bbeddd28044430bfb3bb5a9490d00ae955aae89c0ade480eb021aa3913861a492dc4d56e84e9aa7a7e819fa307b85bda1449475ca06e5f94010ac4d20273c4327690ee63f5c9a77c1fcfad5f96b7fe0e240dea09fa54fd1cfc1f799d2f715f87e977e17e6ab3ef0edab7f2a5729fc1b9793538d24c8db06e22dcd59d7bc5167c406fe5dea7d1f0990dd011ec0aab89a9808de7b9b001d6462e1198b4035031e87223840ea79bff67f21f35ffaa3fc37787c7f6921fe8f9fc7e17b8a9c827346f04e04f5f58fe09c6b2b7f5a715e9e83918b2c8863ecc7405f2acd2fc1f73839ce86e0dd89958b97fb38c2fffab07de5228cdf05df59324b0f93dfad3cb3e2e4ed67e1fdf278136dba428e8b25497eccf735f69a86ef36b28db6ad9c81f7dfe2eb74ad9c585dab34cf5ea5cfb05fb343b0e283ecd7f451a0e7692d7950279aa293dd99c1aca28c9c27953b467469e7de8cdee5d75bb2b983cae2ee8ccec2f9972c1080d3d3ea017f20a093ac4ed2eac032c4713a978ae954d395dcc198ce3435a00662baa02933e704b787a4d2ba2bade472a90273a75385b090d6597ad7294577a840a4f333ba38716a993106cbe881d9fa008e2e577a68aa5e01524d2dbba80be6549d4c6466b3cb5ecaf886a2a60b51dd93cee07eba379d2e31f89519457f794217237b975b68457a707a50970633015d086727f76580d9bf9851f48909184a02b7de87545f36ab140c6e90a805864a3d455f87f3eb90f3e5898c02d658cc2bba6d2293831105e76c48f520d593f3e7b2d9ac1faca53bd2d33a99cce864049903d0f78fe88d48358ee4cf834f90e3bc891cc86667f2599d46b3d99206596506f45153d9986ed21490400ce74127737a22a39bd5946e5153e001782517d3256e6eb0843253301f48293889eafa0df1f157b7e606a775535b0026d3caa2b2087b15d699c260a11d99dc843f3f99cda8d94056d1933b3330e747bb944489e9664db7a6a3cb0046dcea16e8aa2915c2454de57576e0a04ea74110dddc16d3ad9a82d256825a2239a0e00a7a32974596dc0097d6a62d5b2b497a30d516580d1cbb766520398c556814444883ea39657051cda353b9b1891f1da22b7e10b22c25b856cd0f185b545ce3753d046f11ff65d5d6be54a97185ce5538883008bbf8d540b60d82b84a2b3036a8cfe40762ba53035645d1abd2d7e3024080877427f626a1e7e4fe92612127378a023698869d75399d5316738a2e83d9627ab536b22b53106706b221bd62563d15d35ddac88eccc84e63d01f8071171f776b05529dde9d295457a7759a4fe972148f1c8456aa50853f4ef8d1a9177c2184273205341fe89b5a040fc3b6ceb6800aaf9569bf318fafc049c6912c68320cf20fc3e895ceba860be182e052c15e699d6c5e86b2897bcba391026183bb327ab59a5206f54a08bf0a15422ea5e4be5653432169b9482a95420bb8618ee60b6e4b54bf3fea0f82b9bca0a3271ad37d5a81625b03f6c6b6562b08d8d66905115bbf5630615baf15246c1bb48219db46ad60c1b6492b58b18d6a6ad9feba94034bab4a5ca737e16989e9da9a49efeae4516332b66632b23a79cc985434a25745afa92728f582a12aeab956bf00e8a7805c41d00f5b15f4c33604fa611b06fdb08d807ed836837ed8b6807ed8b6827ed8b6817ed8c635a59f076cbb06dbd6e414003d9a4b7397c2218c63ccaed3f4f6a8de0ee7b1038ec2b0720d6faaf93e1581fd0339fca87d67d9c5854a6910234eef682b98a8673003a0885a26d698e75a3c5d9ad2cd25ef86d50c9ec1f7ef09c7f6aab2e038f17e95e7e481cd6a5fa18b7a50d71eb007287075f9e1b0e4fb627aaf16f7f5c7f4beff8a15027b1ad8d7838b8837acc49561840430ed758b8bc3ea30604806121fa02e64a43e4a3d6eb0f006c02eafee033611e034ccd90a0e92d2ede9e8ec625c5594fe455873e3956c4adc584f97d454995bd1738829c91d9973a26252fce7c488a92e9b42a4b50168abfc0d7528a74be9f71ed71ca29d9195c4746e46d54d9054615a4ce7fd40e710e9defb4e1e4403fc5787c0c72aec308419cb96e6bbc07a57d944353055021001679820e04cef5b15564421c2288400bf2524bdbc1704427fd9160a8c9a22255ba8fd60a64dab53ba8dcf0fa9c3b8297a71f3aa095119c3d23ad995892bfd90d051fad2a08272955ca14b61e85db7b676319c78b5682f794bc590dfb2469274d95d392c70deab72d9c549c08f385a7148f7a533137ec8a94a7f365e5847dd706eb75e313be99fb8623675d5773fe88db4a66f887ed086039abe31ba08b2618c8152d7640587c6f575f0c6205719e33362583e0f055aca501d035485e313879367ac3fa4156c906bcaaffc0f437af8ff2b8a5127c4b17e15a06a4dbc04b225398701803744cb56d906bd8dd1805ab24b499b55135c0726f018c71eaa1138e1aeb8de03a7fcfa6b8c8fc072d4edd27b811ed5f4f5d08ca11507c1dcca1024deb2b5c6350c687d0cc8edda322143404c004191d8a12d533e3209041fd9893cc340ec421e2476230f1237200f127bb473808569a03240514e65b573d418db0b9431b60ff9285237221fa76e423e4eed473e4e4de19e8340e4704f24f2b8271207704f24a691671b1033c883c42cf2207110799038c4e51a00ea30970ba99bb95c48ddc2e5426a8ecb85d4112e1752f35c2ea43ec4e542ea56b071ffaa0317784f4f0279d420b702790c8dce7b29e81d875c5be2396190c8731be7a1259edbe1e54dabab9ee43dfec62983c437ee304864bf13d62931dc6590c870da2091e1c3c0bb7975bd33bcc7d9ef364864bfc72091fd23f06689e1a306890c1f334864f838f06e595def5edee3ec9f304864bfcf2091fd2cbc5962f8a44122c3a24122c3fddab29d57b6bae45f16993008972680c16c2aaa5b6675213471aa9cac63fcef128c4ab7edb61e9eaaeaff23310b6f61da7dc3f4fa16deda1ffcf6a5d3c5bb6c6f8bc82bc1c5c0f84b06fc8ab1e2cf08b1d75c3a7de921dbdba5f1cb9f10cb90fd2c4ddc6c3b89d17f836799f8d867c838bb91b4413b82b4f015b29776c0d81d24c618f074c0bdb681aca722fe0b2121c24f8c39fa0af07e07c6e680be9728bcfd3911e85bc4cf9a491c78c6850cb1b14b642ffb253c474afbac8777d6417f8a9c2dc9b50b9e8740812e78dec0bf17c203adf03a68344388c902cf3df03c4f88f4382166051e78d7fc07e3b11c26c4da47886d141ee8db9f22c4e1842707cf29422a5ae0394d4865089e8b8454c17cd56f097102bf136a1ae7f70891614e3e8dffbf8a5b2d442ee0ff72211eb0eee3e45df20048f6c94a07c1240617f4ef4e42b94f3f0db58891d6160ac49c4adaffea63c7c94d3bc8a69895b4f111f759cb29cb61cb01768374bd94123b2d21b3d5569a7a48ba475a9066c98de28438c4364851139f72a6b6da83c9c6645db2e665cfcbd52f3b5f76bc6c4d122bb1c3642d4c92e4fbbe38f91211e0881742f4ec0e80e7b319eccf0c145ab07fde428c0102179c42330e7ddd720fa162f2ecf4aef2047e92ee45e94ee916698666c451718075491193b5b2ed3c5db957171f80ba6ce09c694622030360a2ff0493ce3007656e6473747265616d0a656e646f626a0a3236312030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e67746831203134373932202f4c656e6774682038393633203e3e0a73747265616d0a789cbd7b0b785b5799e039e75e3d6c4bb2de922d5bbed295645b929fb26cc7761c450fbfdf8913c94e6c2976623bcec369d23669a10d0d698b4b2934742974e0eb74e93c7661b84ea70f6686217c0b0ca430f0b1850f98424ba1fbf12dec7e8561a1bb83e5fdcfb957b29db49ddd6ff65be9bbbaff3de73fe7fcaff33fceb511460895a2cb8843c2c2e9dcdaebd1674c08f98e20446616eeba20f4f2ae1042819710c2e1136b4ba78f35955d41a8f6170819744ba72e9db8f90f2faec10c9f434894968fe7166ba4cf021c7d0bdada97a141f79ce67b00d6c1b36ff9f4858b9ff9a4310bcf23305fdda9b30b39a45af821421d17e8fca77317d7b846e3ef10ea7c1af085b53b8eaf4df4977f199e6f40bf0a113407f7ff496e02b51a148cd502164710b78408c6e4302204cff300e17184346a150f689c49a5768422268fc9ef3179e6f053f9277134ff32b9b9d91e218b309e20fa731ff936cc6842e158bd0ef3048f201e56e2d132cc797254c5c1fcab780c219311d034269349adaf08796a3d1a1147306e24b56ab54613219e43f937a767b16312dbf36f70063daf31ab27dff8c94fc8b7372344a50d36e86aba4d3f44184dc39a7af236b2a0fe5849b9a18ce331c223c352fd443a66421c776a14a83a3d0acbd2755d3107b4e179f6b8ab27f382c962aee0f595218b55ad89f4928e8e88c622d66a6ca229f2390ef36a6745c97f5cfad12f4ffecddec387f1aab1cda275d7943eff66fedbff2bfa35200068316efd1e1f20d79013c5627b0d98f01c4604c488b811c4f1dc551526849f473c7f7a540dd6827308e373780c239bd5623619f53aad1a39b153a3b787fcaded1d36b55af4060251931805626c11a0c46ac75a6b506f687306fbc323a362db534f35f56af884a6a47a603fee0c8a77dc9bccdf6c6962aa401d5bbf2798789103b9512216d3813ef598236404a910262abca4c13c8f729496f3a3a01f2e07c239c78d553831aa7239dd156e5379a956ad420eecd00251b8d56eb7d93c767b6407756deded0eaf5ae30904b02fb510cd7f8c642622e3c1fa898e913bf777aff6ed1bd46013ee25de9ed383d1d9798b79d46ceabd3793be2f393039909c468a0e2b804e0b9a78de48ad0ef45701fab3004d28c7ab08a58fdbd6201520eb52e11d3d999809a372835e57a20183b5608b5a26d966124d6da2574def1147a4bd1d1fce1e3b7c31934cf7eb55954788f7e872fedfe3c31f589ccbff57e21c0cd6234a13ec08fc05e24425a83e16d0005104d4089203681ed60602380ecd03ea2a1a339bcc466a391e4f147ba21e1bf6e02fe42f6221ff1bbc96ff0516bbf0a792f1fc19a613307df43cf9192a43e5e8d161a914d874c0a4c026f0726a5485398e31b74ac65cc3926e57f7daaddd0def353a66a38d98437865677b26938959743a8c74e53a90964685ca70191595054465a53a05953a40560f586b6aac76b77b7f9afccc555d059f6ad737377f0932a1f201dbc25f069d55a28e585b19e8cca1231c01c3e1c0d84158d4b6cf332131dace216ae616a3a144832a71a50ad65329d61369b53b348180e8b5590b8685c3fd67f7c5cf0dd48f385dce58d5674647c2892ad7fed2ae7be617ded765d20d96185fce2d99f56386f26dfb791bd9d0c0f344b11fbaffed6029a7644b41bb4cc8bedd062878be60412f9a2c5e8b5fa5778113d0441869bbace7f32a7565a6ed1858cf4c229d261575627df0e812b39ee373f95f512f40e909003d36f0adef623b27dfdb76882d6fc217f31fc73fca3f8c1f4892f689e4e64d366f1d7a1357e208386377cc85a8de0fd376eacd10f5d4cc4b737a47a8231ab1d5fdf6cdb131d90fb4801f2823df477a54816a6255d40352f5ac154503daf1f9fc22a5035bd58a0d50ee554c25d136d08e9a94352f1fba74be6979fae25df9fb129313a9d4c464029f38ff6cfa3f7dfec2670f7fe5afae3dfeb18f3ffef8e38cd60cfc2c800c74c815739696a8c00c3195c0c95199ef4a23d13b431e106e7b0775f9b51d11bc70881063a575a4f12b83f89f436d5546bba9b7fbdfc93c0099e4d34ca626c6038d50f274dbb2f4f83d5e850711b405de4a03940324904f7f4dfa87574f7de6d0fca31fb83387bdf8d4f32f929b134fddf5d8d5cdefb2f91bc19e5f271ee402eddd1b335440c872628e5763b58a53dc9180382d56a939d512a26e5323bb4db0d65c31baf8de1185c51ab59ae480ea73b0036315d55518899eaa4075c06e3595979580c372615749d161d58a052d7474c8d2d7d4b6b75bd46a798f44a35838361733f1e26872307bdf95d9ae6870c4e312b3638ba31da1e40c84cfb9fcb5917070746ae230cf0989b60a63dce2cabfc177461a82c363cdb29d8e835dd8603f5bd0c8f31c0486a2df55f1a4e0e272605b54b6e0770badf03c5ab0a173d4efeaa1c98260ebf8209a83f8b7e937454c564aaf89d806f47ce591b6dcb1ccdd9914716efeb23f587bf4049ecffff9e5c539ec40ca3ee60e814ff1a0a32fb89d643b10d8794c2d55a3d67254a0852cc215ab04b19e1e557ab564676726e6c0a8dae500a7662a578282077b4a6e0f0abb8243a495fe923f9d9d397c7a2c71f8cc642f0d1315d3cdf70554aea34ab0c8dc3f7328ff43b81563c64c63589629889668c92b6047905519f484c3db9b9fea7f6da7c1d6faeb0a9bbfa3976c2b3ac25c31ec0a9b8768f3757fdb3e14e8eb6c1baf6f0a9e4e2e5e689cea7802af0c7ea9fde06473f75e9fd02db61ccf741e9b6fbfc6cb340c6cfd167d155d8218638919d176a2e1f3d23dd7d1a6cc0f0a1af05554fafd9515be76bfdbedf70942316fd0030f6e1446bdb16e2d984009b061c2bc8a3a770486a05a616107d1a0a4862ca2903a0835015f4d5808fb6afd3e0d4da6da7a0975f036eae00da4e054d9e20147c1b550b3b677b8fa2f1fb7458ce60647ea48d4c9a91d53b1a377dcbb9c3cb3ffb7fbc652a9a6be5a6f12b78c3e716980570dabd58d13cbc0f9b9e5b5cbc90f3f38399d9ca8ed1142d31dc0ff5ea0ff2340bf80ba639d46306c480c3837500f96c1f39031030708b628c715540241409191c5ef0f8846b5be2a8423a6ed14a718a418a9344c4545fc893f74dd357cf6c9f1f4b377f6ac367a03f391cb8f75dc956d8abb3e8d2fe59fb19833cf9e5bfbecacdd3a66727eeac1e92b83a59a57143b479f8760c1a13a395095c1daa714c7e8624f050bc9fcb58939ca088d3e1072589e19015f751df6493d6a8c855cc05f9586600ed2384c134d9929e6760acedd1ff633c7e86772af8dda15af1ea86d04abbb8539879be0eb178e754ed608b34d891efb9e68db50ddd9999669bfdb3b54dbbea7726f243210f8f8d884d9386174857c5641b05aeb3ac3c9218ba9cf6015ddf69a6aaba56e8fecb7755bbfc54f822e6a5008b5c69aca8148c88c11a176c421c25d2ed827db187c0e54718e1ff3892e7f90c66130d6f677dc1a0662b3899a1da6fce172bf501b32f776b78c883575b99ef9e5eaa8cf23eafa1ca2abc2e7ab7089bf0874b4ba3ce1a0bbb9adc2d467ab9a9b6cd817755705ebab4dd7b6cd1fe45bbf753fba812e202d72c66c88265187159580cfb458d826021244202d7243dfe2dc6fa8d6ccad44ef6fdff3705b61ff98593ee2454fbc602e21bcaae0c9aa4135a069954a4990e40c9c5313a627976c0e9e5b904030aba3dbb93a45049ced6ec8dce76fc7813ccfe1b063e4aeb27b1d5e93b1dc00b99e0ddbb472eea5e83d02f61d8dc81ebb96469636c50eb065f1e2a5c5def10a3556810be49d132dd3a978a6bfbfbff491f5f5471b3dfa48f90f36b503dee6c1a373c6c5d573f3d993201f1df8f027204ed7a0da98cf65d6808ef1888a07ab84bc47892520e41a54e33455c8e1821339b9ee032062010304b95a8a00f7c4dfcf3ea23596126c313c34fba5b9b33a934a65d5df77f48ac1aa5299756768058a5fa9ee6a28d14f37e69bc8cdfc48e3a140ed913024e1638db3a2ff70137eaee8d76a61dfdc92079ddf9507f9fdc51c42defb348fd89507d53e74beff6cecc1f38367f7e55787a7264746a6a686b0feeae3fbdf9fb9fad1fdf766e6cf9e9d9f3f754a59d308b6e0055f1a429763e5768ea8555084f1508c7185c4c20b39830a22ad86281985bc0d460b7bf92ccde60340e9e95119b3987adc8e08c985500329a8af2624842a9d4643590914706eec56029f23d201311978032fc032094831c442d6ef2de6176d016c894ebb55babe3befbd6b78fceed438c17cfbdaf29d779e4f0c0df64d0e8d106f5d7dffe66be72f782783937d365d43c9e4e3572e7f6268756161e570ce76665ede4be0cc380da9809de089b92bcb3996078231506678d91c4c15952627ddec181c92b8c30e68152e1b4284990427e22fe82139e1cd86ece2b5d9a1322bcff36506cd7cf648990d62904d373cf3c4126eaa1fb7dbc783f9ff4c9cf93742e96a536b871d37e6bfe79da8ae483762f7e62f651f8c3fc26ace13b212caa00840464871301971d127aef0949111cccca1723c51aa655663d911abac0a2558a123132b976b51a8e8a1125529b2979dec8e4a74bc5cd497e96b0cf503a1f440295f3945bc1c37c9f10d93edf93788f3583856f0f7bf071ffa5efe7eedffccdfbf5334a30efff7eb77f69cf0fa56f74c4cba07f7cf1eed5a4a741fabab82bd9348ba935dfb0e377c79fea4d978c858d91b159beb1d9eec813d9361bb79d468dfd3e46b0ed81dd121a66fa000bfc5f2749126cc88471cbfb4235b97350e1f23d53884358f8d7dff76063f967f197bf33f2537c737a198d9da5272f21f9300d4ca08a9d1c01fb66b8120ac5186ac34a6c01a98f078498d696645cf044e2a6ad043996b34e8ac7a6b690968020a5d8d92fed12a47043538689d404583dd1fbe1c7dffead4ccf3b3032716d3e4e699c5eea51864773747f3ff253e9e4ac2ba2caf026aca9083f90f45e0bbce4e7c3e1f13bd65476832bd53c655b8e337026e7700624ffee2761062137394471bf5a39652ccf60dad334e8e526f5af0a3366433594c76ea473d9c6867796d04f64cc4c42a2b91c37ff22b9ee30f5c7d957ffd831915e1ff3bb9a366654f7e1cbce68b64103ce78b6d2784cdc7d89a54b86956b3c15ed5e2e24e2da80d7e75486732f11000f14e674dd25b335b737f6ab46b3476e3d3d42183176e0f8f8ae25803fe06d3a57c169507e9d124558306d11777b4ff5869071dffcbb68ee7811603c81ab2380d3dafa2e75604ab887c6e35af669a566a77236c388ba9dc6174e87565a06d64c006edb6b2351691dbadefc0d5fb83fb7d5f5df9fc47666e9c583d3c7190dc3c7e62cf48833e7f03d7e67f446e8ee5ff904af475835ce821c315b209941c89951b30cf956b880a4a43c44ac36af00d2ea4a4c0a74621dd47aa7988cecc2db02aa582ee0315c7afdcd697899540c2099b81259c944031dab13b23b345f0c843e9b9b9235342d4e23006ede1d043f8957c18bf52efae599e2dd3a454a5ddfb442ab369906533cb3b3c68fd0523074416f28e2a469b9ae507b2c9d2f481da13e4bc4ada21dc86039ba8988650bc98b0b3173ccffcad289074943bec9072781c1e93d517d0140e5477e4fdb5a2861a29e54d09ab9f07521d13fb162fddb3b06fc2a131ef4b7f623abe3f3dd04ff679bb4dde4648383edc2824c9dbf9d78f2df10b2b27175fa6f6da00fc72e01783f4bcd50741158a2dae1c0a2d03d82e3fe2c73c1ea6492678cc1550902a0784eef6933e8fcf1f64b2071a6d76d92fecf498a2182d067e25fdc4ff6d2279e860d7a5f9ce6cb861b9393bbd329fea4bcff6f5744dd58503e706d64e137160dac097a6fb7b73ed26fb94bd62389ee81e1edadbb6c75bd9e30e2f525dd9e0a78efc232a051f168ad551ab0283e2c9888a9e9acb27e61c7752b1930a93593112bf6813a39e281427915a16ba215c7a48ddf274fe3fe089d9e52ff198d73acb7e80d133cf3c338c7f96177fd636e8b184cbf3df91f7552bc84cbb5ddb19b18a2f018969e56022efaf956245b74b5a85dace5feb63b51db61a882cac482b446a71e7c191bdb6904bb0b843b4aefe0f1cb7464db52d7db3ed4ea2b61fd87fe4dc9e13a9e499d86f7bc7137dcdacb8fb242dee54aa617de3f84a97b7e5dcd2f0a9aed4230f4e1d4c8dd3e2ee60272afa8c5ae64baa155ff2b27c3eb6750c1bc067e859dd0b1c3d08cd27d1989da5ece0913b22acd4748881405dffc881befefed4d4483f36dff3f3d9b937eebef0da5cfa353acf3e6657374146c9d8fe2a07e190bd143c3c95133742bd0e7d55b202c6c40ef359b0d93ecb77555638ad66834ec3b2aeed78b3dbaca8355920ec692009b09c79e0d1fb3a721edf52d378eed0d1aa017bd8854fe4df3499baf00b6716cfde6fb51c001b1aef1b2e5555e1c989ef705a39b77203bf7c915f687890c658acf04b4d5a64e2af8dd8ed98ef1f994af5f7f71da00c5f7a2d3df7da85bbdf989bfd79519e3f56e4093e588f0af100ff9138c1ff413c000f8cf008cde04f83cf65e115facb51b98bc58308440337515236eee597e7eed09a0d1ccf975b3477cc7d0b32b1afdadb5b4ca6d6761bee8104ac10e3c827807e33aa8e5582d143a540672ed6090e935d3e1e117121b4e10854aca608f9c44afe019ea80f2ce3f7f310f60f924971b9237f0e42cf86313622e06b855ce49f617e158bd62c2d001566b7a95721951ccd60374122929bc19d30c3831330b61468f3c0580d3dbfa431a670745b486014cac0617b6c224eccbc461c3f25f78e8fc3d8308c2d83b16ae48f79552c8eb2735a96016dafae466a6575f9e4f761eccfdf8f5f830ce89e89e4e63d881de8521941684246447368b04728c7404e1aba65e939cc123b4e9243213bcb961d4665a5d98451a5b7d253ed72da4d15e68a723d32626349d11e353637b1b183528be2e96c3625368ab8e1c10ff5c51b068357cfffcb4f8f240fccdef5d1f9a1d105c8cc8eed3ba05369027d9db99310e2bfdbddd51df9f9707e73a8a73325ef4df94c91da9251b6258bcc073d832e65e76275288ada63918868d3f0f4cc51c54eefe4f71b3b8e15e9116943a8aaaeba0e287761977a47309729979d4d47f11d14cb6599c1738572ad16ca4a5c3d77d1dfeb0f0f84ee5f3dffbefa646ddb6067b6a7a35fecf1b5f5f77d67687470742a698ca7c82be903a1588bc516ed6b9959393edb32d066764fc73b86ebfaa3adfe56d168ef6d6f8de6ebda52a98eb654a5ba6a90fa537ad6f45df27dd808ae773f5bf707769ead177de4aeaaf2bbc38f9f3a7b6d60e0dadaeae3c39bdfbae3d23d6b6b972e9dc727ce3e7be4c89f9d3df3d923b3cf9e7de8a9a71e7ae8939f4464eb9b5b46e53d920b3d1b2b3542f42b07f74446e4774aae82df3e352abf2ea3650295f4d9e27ba522cada3ba234fc6bb3405ac3deece295dbfae83ba672bdcee9b09a752ebdcbe755cbfeb7980270dbce901e11abc7dc76f96d536745c0502e5884607a80fc65b58bbd77fae3158daa9f578b2d6475f3c9e169d9ce201727df419750005103ab852a4bcd62818594c967c9a09721c8d9dad187e40ca8d40a7bd8029b919677ca03b75dddd15742ac9a3e25873c0e174e64687e57b9a3971eb4ec888ae01e207585ea18728c5bba400a65d1485363b0cedfa4621ed9c03123b5df16105861d6cb158e4359f64ec5454aab82c12a7dc0dfdebb74a069a0b272a4aea3b93ebaafd1555fefeaef14f7fad35d8bfb727793156fa456a831ebedd515bee1eee931b371dc58d958e76bf5d677d7d5843d42c0150c581a439b2f9181c4b83854f0bf57581d05fe9d565108aa28faaef024cb6295424dce3bc0d379a80386df08b932937f7c66069f99c1a3f9e7c00f7c0f3716e65b6539bb10ab366839c2dfe6d2a15a511c27a761d3c106ee8860b27a72737066c6dd5bf39595fc9b783a96ff154cfbb437e9fd61fe9bbbeaca32fa4e4dc9a777d6952a55e1c87407cd9e427569f3e0b7f2e7588529e67f82a3e0c95e1bdb92736623e4cc5ec8c744b44acfeab673e6ea1d8773e7b793dcd1c2898c87d5febbdea1df82b37d022742e1b1eb046e3b29a0a1cda61c08d037e9db69133eb870e9d262efa4434df8f4808e778eb54c25c8fe74cbbe9a7ee25d7fe4431f69aa31b5595ee5b48362f3d09139d3c26afbd19e236740545bd7b7e2e8051637ea627efaa71c1c337dc8f2e08e8ed35846205b61271410177820495334486557f24e9fc1e8b3563454cd9cf87b8d7a84575b5b1bc8d737f72f1d53de47222cd7e1a06f5a7441654ab4b7bce8b3c92ffa3cd10e532d44398dc98183f9fcc183981c3cd86621ddd6b636ebe6d72c74be19d8b397593ea0c4dc933bbda845b488caa146f1dd92e241c8e59e7be7af3e3273742e7738f3c7a1bb531fbb1b7f2bdf7238bb3489ff51ce7b9f2077e3bf223f66b5bb7f43bd98641907586586b03fc5a0a73f78b250bd6fa85172a7bfdaf9cee4892a8ba58a5e7fe7920117f9cb4a87a3b2023eca9dca86cca1df903c950d5bcda60622986410be0a14dd65b352b9b0850c44234621718afc46d7bac7d9552e7acb4e92df99f7ec31eb2c6d1d7624674b1ccbc8745023d0e4c10d9ae560a7dd8fb6f0019cc317f17df871f275f2aa10109a852ee1731e2f78498404f4349ec259e87fbfd26f81fe3dc5fe77ff80dda257f1a7f09fe0cfc0f769e5fb75f87e83d6f4c8710b7e0b8ab07b257defc428d583261b50236a851a670fea414dc85fc466c10375c1af012510dd7ffb511f4aa138ea009fde8ef6221ff405a192ed44fde0dfabd8a8d25d2b9643a6a585f8c7a310d05a02debf17846c472648ecaa519271ef04291921e3a86123d4efc9f1ffcf4fac08894588fe6d57fd2d78ec552d6adbd1d2fd6f5e7bdfbf79865b3fb3f01d4483b07711fdfb10f0a9afc05ef66efd1eb294621fb4bc4d9cb48d7c1fe04da5ff087c87d130e981b1a9adb7b79f690bb4f590e4d6dbd03e00df5ed48b97d12fb79ede32b2fba7607ca1bd06d7eca2e3d70a2574ad5f2b6b75c3378cc238b8751f38ea37d83cad5b77012ccfa5f49397f1d3e4759283191f23afe327015ec215e831098505094da7531941187e0919268725f58199b4d4e692ea32d913c2fa745a22fedc17b560960b0be23197c723a18c841262f23a587b221b6f90705812b2271a2412163da2a741e2c2c2e2739cd586e209c99210b2d9f806b126e21b7e2e2191c4c18b82a4130148e416257ee2e27542084c23798e577968eb75830dc7ab0400c5f8750bb6409f28a189f4f1cc753b266c413e2c7121c99648d3f5247b22a120b8844541ba3121f18199eb75589f482da424752aed91387f666a360dc8aef5b4204d4c40530cb0a54e0a756632c2868c0d14d54193f22448cdb4bf9962de98480b208df59c4093d12cb408b4af9442ed146acfbab29024ba405a922eb120a1a9b48458e6ea816748badc14720fe75e32a2058af1920a1dcb641673190987321985838cb008fc88f14c83a40a0b4001efcf014f9ac4445ad28871492bc641033024db20a999b84112c2e286e6585ca09d945d974c3efd954ab2a9054915f44067425817d661ad8d66951f243499ce4eb8725399b498f164042976200d7d2e2a178594064913964a12a1ebe08098d4b5f028c6453017319e93c8b113125e0042244db0412a090b945a03b0c5a363029d418a653314259b64d49686af97805f4cc5839ea2e19485771b924e9e0587808404b09e1552eb628e2a95091bb9a84224c1054416a804d58ab9a4bc84fe5d864b3e18855cdbaced1c640833869ed3eb109782555ca2271304232e0f6f1092921673c906c91806544190ca1343740200404392913e4dc19391e9cb04131999500490c102ac2c991259613d2b4826105b83640e0f1f4c6ff08bc98c4fd21f172f364896f0f0647af880dce8f240bb85b55bc31bc89c984e6f98cd0909e7e2922944b71c98567ca39cfe18e147c276d005e79f486f50f101bff175d0302c6b0c7a441856805d723f1d023b99b66480937ea0bf1f5a772beb5d54b881904504792524d47b1db218a62d5b186d807f3b9896cc625c484906303fbd08261717b22f3a9d18829605c5e3712a012bf4e1dc86551b921e09b9bc202e3bf0680b35488ef006a67727c89bde2bc21b1cbd578637787a77853754f45e15de50d37b75784343efeef08696de6bc21b25f41e0a8b05f94bea2c485a141a257c94ee960629bca3d35eec3c277736ece80c143bef903b853092ca43efca2730f5bccc2ae573277f1ee04f00babcc01fbd8bc01fbdfb803f7af7037ff41e00fee8bd16f8a3f73ae08fdeeb813f7a0f027ff4de18167a98c136856159675600a787b309a652d8848dd4669bc35253486a82fdd8025ba15f78176d8ab94e913af6f7c47051ee5b0b2ade30a853d4e2a496e0860adb5269708a94cbc80ef1bc1b4e5b588832caa3309b8c93ba7d4dd8b6ef480b6d47f6bf663139d92b766eb4611be5b51de4010cbc33fdb059729d0d5247b8d1d1d32075fe6ba860d80b80be075484ec7ea151e8a72e01443bb8bede2ff6830f4943e003af0b11a913639b1524dc05becb2e39008d0777ea67681b3a1497ca12a1e3eb8da220f4acc39cddbbd18446793e492dc60bd88294a53e2536997e8e175482eb393ea0aaccc4a9a72d05a72db211625f5652276eddae59eaede4a8c427b28ba2a482a00add7c22e702384b3dddad6372401af87fb10f742cc20a7d34629526d82a30df3b2c22ca3e550d4e0494a1028353dd362bcc4889f0532238f8553ce9f65a60083d055908d0aa0a28b2107b404c7b8b5d5229ebef13fbe9a2548bbd4511526664494be860ba51e881804ea9571a054a97a20a49ed87a7c19db98bacc477b276455b2235f97d3b284914d495a509cead2c17541c03ffd148a5d8273912e90917c454a127d3b8d18cadb06ff7efea9d724decea8dbfe3d8f71a91084b5da1f75a301996ba43eb401bb53160ea5d5141a18d52338c483196a97d0664c9e720418bcbac53031561fb34c2ce93e7ef0b6f9442ac290cf9bf34e9feff57564c79a27eac470457b5c35e3c1985ce7e70c05da1825406e0a93be41115b928dc1445300822b0c9db1eb211d8e19646a91d76f9d0bbb40fc374d86a913a001e094b7be0364aa59802710b7d10780bd21a0b53839646011c0f5f47a80f800900300526c3d7316b990280b51ca038fd001ca4381498a638143844712870384cfff62701501a20cca04cf8392cb7cd0024b7cd523c4ca123148f4147291e83e6281e83e6e99a2900b2744d0ae4e89a143846d7a4c002c519006091e250e038c5a1c0098a438125465712a06546178556185d143ac9e8a2d02aa38b42a7185d143acde8a2d019461785ce828c7b8a0a5c634f520cc07332b81fc03ba8d0d9531c9ece43ac55702ec820c5b993e16005e72e18bcb738ebddec898db8288374c42519a4e8f7c03c0ac2bd324811de278314e1fd80db5b9cef3ef6c4d0ef97418a7e590629fa0760a482f0800c52842b3248113e08b8fb8af35d654f0cfd4119a4e80fc920457f18462a081f92418ab02e8314e191f0f53296d94a6ad7759e7029289ac00d66e221497b5ce27c13170bc1ba819dc610acfeba193be7cb7bfe07d270ecb5d6abaaefb2fafad5b2c77eb2792d7f6fe95b7c08d1930722bf51a3bf7c43fe9f102a736e5edbfc78e95b4afbf66788a4d11cb91fa6b7a369bc828ca40d75909300ff00d56282c6f0ebf23354c8011c4775706f812b437e8c72a4053542df38f7e7acbf19ebd000dc3bc80fd15e183b8de9ff63bd8622f83ad2415f3d59421ddc3348478e020e85cda80c7f1ac6fa51846894f98ea21c9d877b049ed34017a5875e67a03d8dca611c5dab012e1b5cad742e1c6674ed83bb9b3dff11c6bd0de37570855129f485c93ac0402ba59fd353fab6bec93980debb61be37a16f95e1e6e8fcd8b4751d1f8039ff09cd90247a02eaf13a455e07e1fa06700577fc0b58e5c30871025c1741d231b8be8590ea085c9017a97e0daac8c22521a43122a40569683f8e50097055f22a42a55570c1bdec7d70fd9d7ce99611d243bb1ee630009ee1770895439b112e132c6dfa1c426668377f162ec0b7b4c1f53442562b5c6b703d0c173c4309806caf2064ff2a428ecb70bd8d9013f09dd05601f357407ba50e2e1f5c1f840b7871011f2e58d7f5170855c11a55305ff5005c371072d3eb758404e04100dec1e5238f162e68f326e102bebc6f212466e9ff14322b1b4237e97f98211b58e393e88fe85190d8870c3a4483fef04be81b53501ee18f40ee26a7016b1b48138f955dbb721e1d9d447b1b4a5090b5581fd65ed42e6b8f9143ea21759c6fd5fa3425a54ad747d597d56beae3e8083fc1f7912e7548c5ba8cf1fd65de983b561973deb0dd30df30ded0dd2889a11254069d15d08962b77d69e71711072e71c3871f9e8470f6709a3e2f2637eae8f34b5a2437202808376a69d3df682f23ccc71e5e3858e8a09f98755d7d8ffaa47a11a7f9113e49dad401558921f812deba2af18f421e9b7c4eb5a846497a64f8bf01571c7bad656e6473747265616d0a656e646f626a0a3236322030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e677468312036323634202f4c656e6774682033363932203e3e0a73747265616d0a789cad586b6c5b47763e33f7f252124589141fa27465fb52572f8b97b42c89926c2b364d52926d3d422976ccebc412a987edfab156623755926eea34f5c651b0f5b6698160db2d8236fbab5dec50ce6ebcfd53ff2cb22dda1f7dfce81608160b74812e8a0d9acd7a818aec397349d94eec1405960439df9cf3cdcc79cdcc258101403ddc00057c2b2f5d370eab7a0cc0ed0360d6b9f5f35796f779de00a81b07686a3c7ff9e573ff15b9d58223fe1440bb7e61adb8ba47bcff5700e163281bb98082c63bee6f61ff06f6bb2e5cb9be11fd25fb09f6dfc7fec9cb57578a004fad63ff3ef6f3578a1bebfc57be4f015a73d837d65f5c5bcf4d35ff0df691c35cc06111db5ff18fd03a37f4a77a91a57050ce03678c9f06ced9928a883d8d266b2e15698adfa5b5c686fc517f77d41f5d647f527e9725cb3fe41f6d8f0cf1551ccfc08b5fff8d737ac14aed6da8af73ab0a67750cd80caa2fce024e585018e797f81c0abce00d85546f24369474f78efa87fca3adee503454dc6f9e3cf356d777d8d82f3bc607d9ebe50fe68facfe2807950a242a5d687394f7605cd12e686016a0bc62f345f84b5e4689a7b21f35c43d55b9c2dbf87de4364aae9725a57cb4f219efe5659437497933bc2de5ace2636529c70c8106fe93ce3c1819f65d296f91fc00bc892d475b3e631ff328e8d003afa69ada980a11a6a81ad35ccaccb468cbe553062875cca529aef3a0aa507463415c9b054d63450c32bbc4e6f454d76329a8241e2f621e5ee07376aa6d57070333dad1b3ab271cf4377bea31233ad3ebbde1181b0c87fc66afa96966674f727864743439dc63766aeede919180a68582e1a1c191649219cb8b29bf6ace668f175e7be3b983c9fe99a86e16e656674763d9333cfaec62f99d19ab7f7621775a558ccc709b2f1dd0cb3f56c786e2fdd3730320f3db57e982bfc78805c02a69abd9545463945cbfcfa5c0092430b08957442a9bef8e72cc6d49836c6b104d180dd52c1c196dd5b4f5b8bfb5aea923981cdc150b0e74765e8fbbd898ea1ab4768d584dcd46d2598f2fb25730af2db057aeb7bba95e55b04267b08880dfc4f5e02524b6404b5816122d16d8cd5b43664f4fafa6b9cde4613ebadd18df1f38dc3ea6eb23ede3817d969797c3a3c980c7b74fd7137e4f7078344c6b9dc2a462bd40088e7d8ff600c324eec52486313197673111803b0c93a3d452177e20430a5baa2aec0ffd81ce40b7cbabc70241f7d0c8c8904c907f187342edd0775c5abb3dbcbc7c7ae34c269fe76d7de6defeb3e7cb7fc14ebfbeb658fe4f7e5fd65de572e50afc71e503e6866025bbdd0cf5256077b79b453206b2fe9c3aeec45dd4067b521da0281477766dc7d41760aeabbbbb53f5b6c75890424fb14763c22ea7246495f0de37af4d5d4d7deddaf1ab47ca97a617e6676616164e30efcd3f3cfa55fbe6378ebe6a2f5dbdbab474f9b25c93f2711bf3e18130246446cc96460d545c175382d960a7290ab0c4b100e0e9602814a4e5292dac893be918724b845530c46e3724465a079b8c3d0d05216168d057e09ffa0f1e68690c605e1a24da75aa930a4aeecf08b4436faaab3de0521468615ce133b4ee9559f45f6e97ab7caedb6cf3d1b281a14038dc8a19180d0c29b2f87a9361727d74942d5e6f8e68aad6de7465e93f3aecb94897d7b3c79f38e0ebe091f23ff41d8fb6cdef6503db7f3673c6a54c7275383655ab47f844fadf23bdd71b544ebe73da0637c1a9460f78428ab7f5a1624cf0dee41f78a2ddcd875a0fee6fa4f21b0e34b61c38d0d280733ae74b044fb4bda91e37161ec60ebda2b37209fd919ec112ce7b09e65afc2dd2b36834c9a2c9688845d977cb1bcc287fc2d6cb3f61e641f6cd6cbafc95cfd96a485b431a485ba1666a2858db9f819ddc7cd238782072b0d9ecf45ce49f9285320d3b7b719e7f1b2f825e395f077712ce65c289f134dd21784dd49c67213473befcaffcdb5314be5fcbeb397c1f87e378c700c60c2a3efe4fb80f3a2b9f557c0f7428b9cf2324e3ff8c78bbaa7f1edfd330cdf1c6e51395fb0ffa2441d938cf56eea3fc18be0fc36176017e5a790fab8eda6fe2f89a7c0fdbf3881d3fab5a426bfdacbad6217c5b60b1feca6bb82d7f2ce719acbc84d899abaae73f64eff18f791167bccd3f66ef223ecfdae0b600cb10702a3f611bc6f45d689a9f16da3367f26258177d76e19cb1792a2f7877f1077550072b2be6b21e8d0ab00564ccec1666225348c705b38451381717dc32a366342e14cb58bda3044390ce8840c62814d2251ecca44bdd4a46f0ccc90d43349a0832c555a1e636b638e7388d88ae754449bad51462e90e03a199de0ab000ea4c01b9fc9abd15665c2ea85a42898950264feb8970265325e8c6aa21eee584da7366ab8f7933132b13429bc84785d26d2f3c9747b2be9937442e87a214b2c518a131db364a0e1b2dea4351b5678801d20f10f35e2e6f6034368b8668c8e50b283148d7406884d048412fd8b6ad63b444636645c0425ec03491a3d8d7a7c56e42bba78b777db0428cbb2e58b6edd5a22d58ccb6ab1ed8c62afa63a6edb87059065aa07617d127772697176e332deacc3466008714e24293e1c64818ab25f772da2025b9ab3be6d3b7a82f4cac08577f14951963d3d8c4b54a03ae6e8cd07cbe90d38b0b76deb4a3b62152cfe451a7535caaa6c485db12f599d816ee6619f53aec9a6913cbc54c17055f3e27d80a1a22dcfd71516f19646d13baa5c2b241338854c1264a212bad6db0b6ea9b203391ee8fee148ec77ab4901a9d59580c4dc8a0eb056362d32c525265b041a784084347236b56626acd62d659c2fb84e1a20b4781fec0b587073559d2a13bde4650267015dd8cdafd58c4cd5689f309b15accc685cf42aa6188e6cc099a00016648f8a8b7803d9fcc971f27f2c9a0181883155c59f8330563b360083f862d2e5aace993f992ba9ab5bb8477cddc888b80353d9f9f7ec611ea519407a43c6895a025732a5f6a69c908564c0b7f8cb61c9656bad44c5f3efc122c8cb950ba73f912850ffd4d6f628671595f7fd4c46135ac3b7a1a823b9924367a3285f64fa1f4d1643d218525808089f1ca0838bc85c7b0cc56c882129e6f27f3a2c54c1b13a209cbcf6b62c9a58dc2879108033f3ebea5d3698a401075ac580ad6c5c4db31bd13c315461f43b1b868b54a8cda08c69bda36aba450db6e95546a75abe4a2b6031f04a9dd6595dcd4eeb64a75d4eeb14af5d4c62cb3167fa11530d2a69110ec2ced96b8b01e528677942f38caf843ca9e1de58b8ed2b04034c79ee8273af53dc755f2f361ffa2e89f817675a27fd49ae81fb55de81fb5dde81fb53de81fb5bde81fb57de81fb57bd13f6afbd13f6a1396312e0b769f85cb460a061e7aac909129c54d98a09a1db0c4be98d887fb713f6e8529e309d9348b63261dec5fcad0c9fbc15a8a4b4dda04559cd8df5f72b1d0441e0f45f272e8a1f03c89336c1949697912677338135f5c13b7ed636d2139843f907772f6b039561a6621f27504e3810e3cde7edc2cc5b1b818b512ade37131f67f51b1b057907e005304e16e23614cd19180a13dbeb939654ee11992c78b0f4f5dbc91c6180b0531c207f1ec0a8b56a4a9789c764b5aa911d2c29389ad6d264cc318dfc4390f3d4a3312ce7c4233d335b6210a74a6a4e6f37754c365e877d41e57bb9da693b6010f6d538e30270b42cb7c7ebb16e8b4736e2535535835850b2f5554ab99a28eb84027dde7c714d1343cffcd49ccb1892b4cd28dd59091abe07c8f59c474ce540d0f114c860b0bcef58559714632a29b8c50f0bb7a923e580b0b61bc160b03a5ae9e6a2ccc710cd3533b2ad120f593e6142d4a593cbc134272c689b48093f984318e173a595f151a6457351542ebc6def1879f5d9c243eaedaabd932a9e48f3c6449a696ae023de07cdee55a8a53787e24288a93a23593cfe978a71ae376a234c082b86f8f3ea25dd0738f68d38f1dfb652332963818fbb205b3963814db44dba8c6d0a9275231a10931802326a4cb549f3d4ee48bf88096765ca7023571fb2470e739f34f5aa506bc6b6a43fe9f253df5ebaa62f289ceb171138faa87ea256a57ed9cc203f860ac169563d83b148b9ad5b854bdd909c1710c41c8d9f6f834823b3c901023b8cb4f3c413e8dd3b160408c229eb1c4016c66298a13186e63122fde5ab4e62c2a68318bf0696b0b6012410e0123306f6d312959402025cf10670ac149e21038451c02cf1287c069eb0e9e85194479444c22dbbac31cd919448eec39e23142cf134fa2b3c493689178122dd19a13080ab4268122ad496099d624b0429c6308568943608d3804ce1187c079695716d1056917a1df907611ba28ed227449da45e8b2b48bd0156917a1af48bb085dc5188fef24705df6440ae10b0e3c8af0450abaeca5b1770defda2ae7ba0389f39b92c3aa9c9770f0533bb3fe96ecc9111b0ea4112f3b90e8afe03c55c2ab0e24c26f3b90085f45eee19df95e933d49ff1d0712fd860389fe3a8eac127ed7814478c38144f83de41ed999efa6ec49fad71c48f4371d48f45b38b24a78cb8144d8742011deb6b63cf2c95668fa96ca9509fcd184c7a09d8e89ba35a174e5366a97751ce87f64ceb46f29dffffe52f3f82fc0adfc94aedd1fb9fef1886c3db7ff7dfb9df2ab0d3f5763f29f4b2e47d02f7250e3e57f03f044b6dfd9fea3869f57e50f5e219e8745de085ebe1f12f81bd696bf832fc2297e16465919abe05fa057ea7e017deccfa18f74c8bb2cf51fa28c386dd8224fb62f435f756efafb949e0ffe0e3f1f573ff7d128faff1b392c852b0de3e77d000565ca7bf8b98716a34c15002e6c5db7f083e3b401fa4f5c5a1f828f20c222d8727817fe07be8e33bdd5d4087499e00fe5bf5dc0c76ef6fbf84ce05c2feb2570a7539e77deb80667e7e1a9783df44b49f056dd46dd85ba65feac76424bab83755deefa86aaea1bda0d6d5d5b83e7d59c3ac90f6a319754f9d2473d9da9dda9f654e45ee85ecb3ddfbdc67bf529a8070f2adb5009a92fbc49f9035070ab95bad8ad793c266fe5a9bf9a2df551ff6e1d3802c01f1aa55e12fd75dd0d606aead6cac99a825ea9e0a6f68a76515b65797546cdf261adc755dfd47f97556e0af5ebf87c94bde35ad5209bc510fd2faeb6f890656e6473747265616d0a656e646f626a0a3236332030206f626a0a3c3c202f53756274797065202f584d4c202f54797065202f4d65746164617461202f4c656e6774682031303935203e3e0a73747265616d0a3c3f787061636b657420626567696e3d22efbbbf222069643d2257354d304d7043656869487a7265537a4e54637a6b633964223f3e0a3c783a786d706d65746120786d6c6e733a783d2261646f62653a6e733a6d6574612f223e0a3c7264663a52444620786d6c6e733a7264663d22687474703a2f2f7777772e77332e6f72672f313939392f30322f32322d7264662d73796e7461782d6e7323223e0a3c7264663a4465736372697074696f6e207264663a61626f75743d222220786d6c6e733a64633d22687474703a2f2f7075726c2e6f72672f64632f656c656d656e74732f312e312f2220786d6c6e733a786d703d22687474703a2f2f6e732e61646f62652e636f6d2f7861702f312e302f2220786d6c6e733a7064663d22687474703a2f2f6e732e61646f62652e636f6d2f7064662f312e332f2220786d6c6e733a7064666169643d22687474703a2f2f7777772e6169696d2e6f72672f706466612f6e732f69642f223e0a3c7064666169643a706172743e323c2f7064666169643a706172743e0a3c7064666169643a636f6e666f726d616e63653e553c2f7064666169643a636f6e666f726d616e63653e0a3c64633a666f726d61743e6170706c69636174696f6e2f7064663c2f64633a666f726d61743e0a3c64633a7469746c653e3c7264663a416c743e3c7264663a6c6920786d6c3a6c616e673d22782d64656661756c74223e4d656c646573636865696e3a20416e6d656c64756e672065696e657220576f686e756e673c2f7264663a6c693e3c2f7264663a416c743e3c2f64633a7469746c653e0a3c64633a6465736372697074696f6e3e3c7264663a416c743e3c7264663a6c6920786d6c3a6c616e673d22782d64656661756c74223e5a2d3030303030313c2f7264663a6c693e3c2f7264663a416c743e3c2f64633a6465736372697074696f6e3e0a3c64633a63726561746f723e3c7264663a5365713e3c7264663a6c693e5465737468617573656e3c2f7264663a6c693e3c2f7264663a5365713e3c2f64633a63726561746f723e0a3c64633a6c616e67756167653e3c7264663a4261673e3c7264663a6c693e64652d44453c2f7264663a6c693e3c2f7264663a4261673e3c2f64633a6c616e67756167653e0a3c786d703a43726561746f72546f6f6c3e57616e646572616d743c2f786d703a43726561746f72546f6f6c3e0a3c7064663a50726f64756365723e57616e646572616d742028636169726f2c2071706466293c2f7064663a50726f64756365723e0a3c786d703a437265617465446174653e323032362d31312d32325430303a30303a30305a3c2f786d703a437265617465446174653e0a3c786d703a4d6f64696679446174653e323032362d31312d32325430303a30303a30305a3c2f786d703a4d6f64696679446174653e0a3c2f7264663a4465736372697074696f6e3e0a3c2f7264663a5244463e0a3c2f783a786d706d6574613e0a3c3f787061636b657420656e643d2272223f3e656e6473747265616d0a656e646f626a0a3236342030206f626a0a3c3c202f4e2033202f4c656e6774682032333131202f46696c746572202f466c6174654465636f6465203e3e0a73747265616d0a789c9d957938d45d1bc7cfeff79b7d31cc8cb133d6b1648d31c8be0ec9923d15c6bec5d8a54d52a194245b89642dda2c499b9416098516f58c3c42794a4f49a5f2f2f45e57cf1fefd51feff75ce7dc9feb3edfeb3af7b9cf1f0700fc2858122c0c404c6c22dfddde8ae9e3ebc7c4be06d0d2f84781bc8438f05b7d1afee97da8f97bdfff143e382481b714679766342f8e9f0800e4bfc4f2298971cbbc7d89e9fca5a296b87099c37e72dd3207fde4ce7f3c1eeed64bdc0f008e14f62f0efa17fff7ac655113962fcbb5b566eb1ab1d99a7a5abaff47f1bf5362486ae2725cb389c9db1497c68f080b4f5cc14c4a086186f24342a2d396f7967bfdd3fdab87bf729baa00e0cc01801cf8950b2a01a06d1700e24f7fe5948e0340c902a0f5012f899ffc33875a5ed0800028800e24802c5004aa4013e8014360022c802d70042ec003f8820d8007c2410ce08314900176806c900b0e80c3a01454806a500f9ac039d0063ac175700bdc03fd60083c03023001de2cbdd827b0004110162243344802928394210d480fe24066902db41a72877ca100280c8a8592a00c6827940b1540a55025540f9d852e42d7a13bd000f4041a83a6a1bfa1af300293603a2c03abc0da3007b6849d600f783d1c06c7c3e97016bc1f2e86abe053702b7c1dbe070fc102f80d3c870084883010794413e120d6880be28784227c642b92831421554813d281f4200f110132837c416150341413a589324139a03c513c543c6a2b2a0f558aaa43b5a2ba510f5163a859d40f34192d8dd6401ba3b9681f74183a059d8d2e42d7a05bd037d143e809f4270c06c3c0b0308618078c2f2612b3199387398a69c65cc30c60c63173582c5602ab8135c5ba6003b189d86c6c09f614f62a76103b81fd8c23e2e4707a383b9c1f2e1697892bc235e0aee0067193b805bc305e196f8c77c107e3d3f0f9f86a7c07fe017e02bf401021b008a6040f42246107a198d044b84918257c2012890a4423a21b3182b89d584c3c43bc4d1c237e215149ea246b923f2989b49f544bba467a42fa40269355c816643f7222793fb99e7c83fc82fc598826a425c4150a16da265426d42a3428f49682a728532c291b28e99422ca79ca03ca8c305e5845d85a385078ab7099f045e111e139119a88ae888b488c489e4883c81d91292a96aa42b5a50653b3a827a837a8e33484a648b3a6f1683b69d5b49bb4093a86cea273e991f45cfa697a1f7d56942aaa2fea259a2a5a267a5954c040182a0c2e239a91cf38c718667c159311b3140b11db2bd6243628362f2e256e211e229e23de2c3e24fe558229612b11257150a24de2b9244a525dd24d3245f298e44dc91929ba9489144f2a47ea9cd45369585a5dda5d7ab3f409e95ee9391959197b99389912991b3233b20c590bd948d942d92bb2d372343933b908b942b9ab72af99a24c4b6634b398d9cd9c95979677904f92af94ef935f506029782a642a342b3c572428721443150b15bb146795e4949c9532941a959e2ae39539cae1ca47947b94e755582ade2abb55da54a658e22c2e2b9dd5c81a5525ab9aabc6ab56a93e52c3a871d4a2d48eaaf5abc3ea06eae1ea65ea0f34600db64684c6518d8115e815462b625754ad18d124695a6a266b366a8e6931b4566b656ab569bdd556d2f6d33ea8dda3fd43c740275aa75ae7992e55d7513753b743f76f3d753d9e5e99dea395e495762bb7ad6c5ff95e5f433f44ff98fe63039a81b3c16e832e83ef6c43369fddc49e3654320c302c371ce1d039ae9c3cce6d23b49195d136a34ea32fc66ce344e373c6ef4c344da24c1a4ca656b15685acaa5e356eaa601a685a692a30639a05981d371398cb9b079a5799bfb450b408b6a8b198b454b38cb43c65f9d64ac78a6fd562356f6d6cbdc5fa9a0d62636f9363d3674bb5f5b42db57d61a7601766d768376b6f60bfd9fe9a03dac1c9e1a0c3085786cbe3d673671d0d1db738763b919cd63a953abd5cadbe9abfbac3197676743ee43cba46794dec9a3617e0c27539e4f2dc95e51aef7ac90de3e6ea56e6f6ca5dd73dc3bd672d6dedc6b50d6b3f795879e47b3cf354f54cf2ecf2a278f97bd57bcd7bdb7817780b7cb47db6f8dcf395f48df06df7c3fa79f9d5f8cdadb35d7778dd84bf817fb6fff07ad6fad4f57736486e88de7079236563e0c6f301e800ef8086806f812e8155817341dca0f2a0599e35ef08ef4db0457061f07488694841c864a8696841e8549869d8a1b0e970f3f0a2f09908eb88d288f7910e911591f3512e51b5518bd1ded1cd31b89880988bb1d4d8a8d8ee4db29b52370dc469c465c709e28de30fc7cff29df8350950c2fa84f644fad207d79ba49ab42b692cd92cb92cf9738a57caf95491d4d8d4de34f5b4bd6993e976e92737a336f3367765c867ecc818db62b9a5722bb435686bd736c56d59db26b6db6fafdb41d811b5e37ea64e6641e6c79dde3b3bb264b2b6678defb2dfd5982d94cdcf1ed96db2bb620f6a4fc49ebebd2bf796ecfd91139c73375727b728f75b1e2fefee3edd7dc5fb16f787eeefcb67e71f3b8039107b60f8a0f9c1ba029182f482f143ce875a0b998539851f0f6f3c7ca748bfa8e208e148d21141f1eae2f612a5920325df4ac34b87caacca9acba5cbf796cf1f0d3e3a78cce25853854c456ec5d7e311c71f57da57b656a954159dc09c483ef1aadaabbae724e7647d8d644d6ecdf7dad85a419d7b5d77bd617d7d8374437e23dc98d4387dcaff54ff699bd3ed4d9a4d95cd8ce6dc33e04cd299d76703ce0e9f733ad7759e73bee982f285f2165a4b4e2bd49ad63adb16de2668f76d1fb8e878b1abc3a4a3e592d6a5da4ef9ceb2cba297f3af10ae645d59bc9a7e75ee5adcb599eb61d7c7bb36763dbbe173e351b75b77df4da79bb76fd9ddbad163d973f5b6e9edce3bc6772edee5dc6dbbc7bed7da6bd0db72dfe07e4b1fbbaff581e183f67ea3fe8e8155035706cd07af3fb47978eb11f7d1bda1354303c39ec38f47fc47048f831f4f3d897ef2fe69f2d38567db47d1a339cf859f17bd907e51f587da1fcd02b6e0f298cd58efcbb52f9f8df3c6dffc99f0e7b789ac57e45745937293f5537a539dd376d3fdafd7bd9e7813f7666126fb2f91bfcadfaabebdf0cee25defaccfecc47bfefbc5bff33e487ca8fda8ffb16bce75eec5a7984f0bf3399f253ed77de17ce9f9eafd757221e51bf65bf177b5ef1d3f9c7e8c2ec62c2efe0760757a6e656e6473747265616d0a656e646f626a0a3236352030206f626a0a3c3c202f54797065202f58526566202f4c656e67746820313037202f46696c746572202f466c6174654465636f6465202f4465636f64655061726d73203c3c202f436f6c756d6e732034202f507265646963746f72203132203e3e202f57205b203120322031205d202f496e666f20383320302052202f526f6f7420383220302052202f53697a6520323636202f4944205b3c35616332313538303830326162666662373238623031626333646538653764383e3c35616332313538303830326162666662373238623031626333646538653764383e5d203e3e0a73747265616d0a789c636200022646067e10f1898109c8631c250623f19fd3631d1303a72330a2de9d198da8c14bfc173fb18e89f165cf681c0d4ae2bf6ccc7a2606c6d3c0e861ce06128c614082431548706e02122cc52022164888570009951820c1770448b0ce022909630000f88114690a656e6473747265616d0a656e646f626a0a7374617274787265660a33373536390a2525454f460a
53d5381221477a945222f65052396ca61ddd5f5ad7d96101633aa127006fdc76	0	\\xffd8ffc0000b0806da04d801011100ffda0008010100003f00604f6a3a4af18e6a69278e849cd0d86c696a93c18c78f276f1f54eb191bbbca3b1fa35f9be2e07337f36a65d67a22cdbd71bc5b1e6e9d1808b3d2080e881972217c934a3c0cf2280ed7d2a7601f54826df341ed92d855836a2a6e89b3fec29bc7dad5b913787ec3ff958f51a40ce26e963bd052c16161ac2ccc0fe8ed3dfb1cb92de9225e7abfb3106774e6bca01ce41e6d8a8f3901e2b41f08e172c7fb9885c9cf8d6fcf96efad9095a1b344eeccb29d20958910ad43ac2749250fe3da43104c0ec87eb0d44c97c969bec99d11ade5186b3e93f6ea94e82399babaa2b9d399fbff489c9ea97af8f1b164ddbe08e10843c28a5b4a27993e33af1f129ade5b32a70d74223fa00e06932cdf6f03f51f5ad8b1b413ca1ba7e50725f9b8270600ef0787619cc99000d33a40400184d083f496e19d47f11fdecb06d43a434782174ae59c91d95b59feb8254f9882d9f80712170b3cb8747d19a2bfaeda7064cb5f25c72d2075686025ec3926839b69fde493aae9ad87861abb85ae160fd9f5f0b58aec76e472a097a881cf55f53b5dac64ceef0c2c27cbe226af2e6d6b1bad294339952774d4da858e98b7819b9102a7afa00615364a8c0f4926720f2750edca6be07f34e7ea874883983d7856f3463e84bd3dca61927a51f3fe93f445b117b9b551af516aca27f83ebdd02665172189a10af0ce2bc6aba8538b08d9c277ebc55e293cce8efb87e8f9b02541ac0c578b0131d9717bb71c7c8af0ec9681e63e7fe016691ca21110cf12379fd1e9a8cb4f7ce84301efc4f5f945ff21330f818b26c2e9180ba572cc8d5e9048e97bfe4d59f6dc83c8a115e910d27b5ec004691e79a99500201db17d4abe6515124140f4e81ab31607eb0fae810d04033f47c41891eb63c967709e84c36db034aca159aa601a8f622a86911050e138cc808e17eecac5a1e02d5d61971ae538e02949cd861d467afb89a13f66295626cffdac917eea678a485a021636267fd00bd5574226661e21e3ba445063d9a930dde511e34fc5adf1c91861e56bf938a0ab88e97001df6373fd8d4422714b9f463f5aa0c2f14ddd78b81c0b79cca531a018c588d7205b468d9a819c7e07255d858ef3db758bbebe26c6be5bf57d33e8416ffac912693d018df2370d6bc393b101522eb7af4c9cf82659ce68eeb0f339840f198d283a252489b802775e36bcaf877a758c4f4039c97e75fa0960aa3c4b86ce69e55e33ea74f3d0b6f60dbc7f9d938f5c3e1dc56852335e1f3f38fc442b6bd0ac3aa4d1bd8383d0e2e59c95f25af9dc9aecd4afd961472559215a1563997fc6c0b4d07d7bd90762015b87585cd9e0a0fe9d564f51b5a77bf6ee203d4f92390cbc559d7f4d9b611d8ed9fb0eec02100ee323a102b1538de124e74a146011ead978925162ebd31ddf19768f0b887131b0233fe3a5a706382595e54ccf8a93cdae4a8e466938ca52ca75c2cc0ada48efaece3d7e1db2b655cfd809016a3ab49394c1da497422ca572fd1732dc5d105aee39a2433fc2aee76bca6b84acfa743d87f87dc1169ffe986144800d9fd360a80ec41c2ece2686cc04d281241249e646eb1a5764cd0f9e84a320a944184bbd2a114b71d8a37dfa897ce70daf2153254cfe819fb71368c241117b4fa3f36efe19b7ec92e954f52bfb51ebf7c4e858d3d196d0ee61d615fb27bb0add23bb2af929e9103f700ce5b92febded3bdee4c2c1601f5806b28c3f40dd63854ab8dfe7170410fe4f1ac74b6c97f6e8e3fe35e517b0ee6e5ed8da4b833b5475d713042321974a40368a95eea6b5a1ab76337b23f08e293ef1166509912e902d0814d3df279e8c3e76d62c54b055ed5d55744b1e3bd1ca628cd013c060434532297b8c482ee566ca679bafa59f8833be4c777a591acd6fe298edb1773d9b1009da7776831f79c122235507f1c1363c2733a53e2e29a49f5a48ae83927f5a7bf66d44548cb9130794e511c695b49a6da2b99278335cd98f6a886de2e0156cbacbe84c5c2b77661913e9e84134ae5a3a81004684a9c895274b1dbb5b3dfdbdc08794c85f831e98e0c6645d74c97f50feea49ffdbbc759e99e1fcad87b075110c714ecc6beaeac819cbe32e793ee3247c7c6f1c0fd0b544fe0640631769c6433a1b4bbd1c7df7232ca1e3da280c426ec661dbc4f46e17014b5e98e89f810b10a4e15249814e4f6a293b192832a4e71ea1d79e758f6b1e34181f2064998cf526f13c9edf9176f0c07d33687811b2e309e94227fb6aa2d880614a713292ac79618eb85b69467ec81bb3f845c35544525dd19ec098631bc58c1c1d00be351b7fce0f8fcdb74c5c8bdabb1a2cb31a6ea7885d321408aefdca6b4c33f14d15da663dcc29502f31c1e208cfb4dfb52b1a0a2e5934c582aa860b6406c8c972bd056aa3e1e98604943eda0e5554c9ba171b55df9229c3b30f12c3017a9c11865c84e842a1cdbe0800587f7b3894fac213c91b01444b0764dc266a842dda16a15e30244082fa3bfa6f3653a485c68611a91fd4c8f2d0a70ab9045d2ee375962ce5b81e0ecbaf49cfba338dd9609d891d7cbcf2d16a2f1ec18b638ff6cf2d91a4d1e3f602e0fc2141a89ce9e5ee9aa2233f4ec3bc941710367d02784aa33669525fbbd325a2b2140dc7f9f1b4e1d3d5a64bff3cbbb965876338ebc95193a961ab657697fe552fa7af40fb73455063e41c882fca102c3ee7fad9d967b92170c91226112a66bcc8dd62c048d854e6ca0a85446330d8887bc65b56e958632de1719d44b72fa31fbc92f82a76b86a68aaf7581f049c67375ba3369c6ee47772faec819c84ea40caf299a639efa0aab3f44df1a9c0282b98031254699abf2441c75c010e50e6402bac7cc3754a2e02c74dfed30d79430b6abe059936936b913324d13df0faa68987637a541049e7e202a1020c46f7ad2d1e60e70adce804a9ed259cc2c41a5bd7f86d994085c787b5c7f44ea3147f9da045666da845fb3ec19b02e28316194696ab363771ec90b4a4af4b6614b7065ba8a5f6f57e9c31f07673308a93652acfb0772f8ad6f3722af9e28a5d8367d34af8e83ac93ea9aeeba2a031c676f09bac35af804926fc32315631ce9eba9d7f5f7d8a54bfae31a86dd3e3b3ca102ce856e8ae5a955a4a6c11c029748072f25faaf959f315203cf2e0b515d2ef5381cf17fb90a1dfb4c0d51a2e05ddcfb2bb4fcc5c58a6f7294ee1043bc398c51cd7f171c610312fd01b6deb89370068861310873bcbeccd5bbd7a33960ca50b2af0096a07fa42808c838d1a6384deef1759f7e6197094a83f1df90b09d57561fbe9624e7126df2e04579d8dc590ec4f183639db9d0ec6f9409d64b740b8fc6e97bab23f72873120574f5e222677be97131b38bd425f592275a58e055fabe5b8438114662ac1e446532d8cbafe422269aa31a5c808a35b5914b498522e18aab43615079c88a3eb120afa34b11797495cfe298e98b9728d5dad53e66a5a852dbbc6c1e86061b244acbaa68f1b73cb46c52cf01539144f9b13237c7cf400836dda20e77fa091696d48f32005eb529200cebc2f78f3ab14ccdb824cca1537d2a261b820afaf40c98498bd57b777687b6cf056ea4d2f8c0da1be9818cf4cca8b4750feeb68317c2120d0fe49546e221903991711102df7583b658c0c78703c5a72598e4822268a30d909d035d33fd58c6c2dfdbc66cdd410e484e67712b14e296f67f0c9e55e9f9953f0d3b7acad188ebe801253f3ae0a645eeac3ffdd46c21d0a0b4a6aae480c7be83331a3b44228754cfa495cb2ca1e91b76270bfe49537c6ff0b1c1e58073e5f69a0cb8668424a049741959afa67b82e2da3ba746856c783fc26b424a109a17da70546a29c566934d6334610f169c0f63b09f5f1df135650f8f1ea5d8ad251bd0a2489aeab4d4c1707266c63b052a33c95896d9df70cbe171d9b7170900ddf1d7d433e9346b9ab75833ecdd52153502a63768c49fcd81cf10b74ffed33226408054ffdb457e418df3f0508ac630347ebd297e0f77147d5d726e214e6644835b40255e8b7ca5b47ced114a213a89d7135ff6bd80565072e5d5f5406412b0b78fec162aaf65727a9e28be4b4281e5368b64d8aa802370f9af43bd0e5fa70d35b334ac79a43903239ed6bd22121903e6fced3a0d1e287312f4f0f3e7b82341b06fc25bc97a9dc3356e22c5d76b3f1b1d
98921f6a65cc033a695f1d7ea8dba2e9f1cb22d8e18ec3f4d57b542a8c993bff	0	\\x89504e470d0a1a0a0000000d4948445200000190000000780800000000f9b4fb4b000003bc49444154789ced9d4976e3300c447308ddffaac922dd79b64552180a7089ae5ac6243ec22fc593c47c7d2b54f97a7703ca7324842c12421609218b84904542c82221649110b248085924842c12421609218b84904542c82221649110b248085924842c12421609218b84904542c82221649110b248085924842c12421609210b54c8f13fc8a29f84c20a391e832b4b84aa25fd0627e438da96694fd46f60428ed7a00abf137522d51b410979eeb6b2f96380aa2175a2fe0212726ab5acf973e1b2653aa13a8c60840c1aad14d2831a2d7fbd118890619b35bdf7a28c7c641042664d16f43e27dd19f5188090798bf0de57a4fba29e8211327f04dafba21e7a9516f5d885acfac30b69422d0fa552236921ebeea0bdef897a4956c8556fc0dea95028d229d54280bd5f935028c32f55662429e4ba3358efada87c33d1a4851886407ab7946945214883e48498da42ad1215aaec144909b17505e9bd15856bc89fa410e3b074efd61280556a448d9211625e688410f4c07485a2532421c4de51ba7752548ef43d9c9f125231f47350e3e97121ae6331d7bb8f746f544648d5e037a27c6b5c810a0b713693e99d16953a452673fb84847bf74e4dac522b6afcf3a810772b19211ba2a6ea8342fc077cf8146945d5cfb89a1816d231655fd4fc988909091d83b1de63a4fba2a242ba2635a2626b8b9e1412123e4f3744a1ff58f40a093c69b6096945cd1f8b08c1bfb410ea2f0121f1f778ee99ada82009fce62524c43f2738754bd4fa58f10ba9f8000732fa75ee3d511121ee29d1c97da8dc27e948945b48c9b732374721bf1aea17629e9ffd36b615051bea1592ecdc53604bd4a57aa790fca5168e4b551a51491210e516e21b3f2c61aa81b8cac658820ae513d27a65609ed488825d59e91282b936cc546557d4e510a710cfe84599cb3aa8cb020d65c8501e21adf75fa0484428d3fa3984dcf20e252e94a18a4b887dec65a9652de475ccada84c27ff621702becb35fea897b42ac677ebae5908fc3ef00f4359495621e8bb2116f5b6449937b5300ae9dd4b044b6a4401b67db10929d87065b18550230a4c02a04c424a36c01917dd16652d601152b863dbfb5055dbf565b7a11b0a799a5eb7d160e39e86cda8357b99b19087027dbb7e96eec3dab76b6a123513b2ddbeb877415984e05abd2235a20a4929d4f849bdabf35d5109f5b357595d8bf480ea2331a3f4ff43c82221649110b248085924842c12421609218b84904542c82221649110b248085924842c12421609218b84904542c82221649110b248085924842c12421609218b84904542c82221649110b24808597e00737aa53c1c19271d0000000049454e44ae426082
\.


--
-- Data for Name: document_upload; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.document_upload (hash, size, added_at_ms, at_hub) FROM stdin;
\.


--
-- Data for Name: draft; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.draft (case_id, form, saved_at_ms, saved_by) FROM stdin;
\.


--
-- Data for Name: dwelling; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.dwelling (id, version, person_id, status, current, moved_in, moved_out, registered_on, deregistered_on, ags, postcode, city, district, street_key, street, house_no, house_letter, sub_no, addition, floor, apartment_no, country, foreign_lines, address_key, lessor, source_case, source) FROM stdin;
01M80ZX7PZ9VKZ5VTZWM7ER8SA	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX7PZV2QVPMM27C6P7QKY	E	1	2026-11-02		2026-11-22		99001001	99101	Testhausen		00101	Birkengrund	3							[]	BIRKENGRUND|3|	{"lessor_address":{"ags":"99001001","city":"Testhausen","country_foreign":"000","house_no":4,"postcode":"99101","street":"Birkengrund"},"lessor_form":"paper","lessor_moved_in":"2026-11-02","lessor_name":"Haus Birkengrund gGmbH","lessor_persons":[{"family_name":"Łącka-M̂ẖőỳ","given_names":"Wéronika Zoë"}]}	01M80ZX6KJP0ZFYTYHGSDE6RK3	Anmeldung Z-000001, Personalausweis LZ6311T47, Stadt Musterstedt
01M80ZX7PZY6NR8VH9VEP6SFWV	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX7PZV2QVPMM27C6P7QKY	E	0		2026-11-02			99001002	99102	Musterstedt			Dorfstraße	7							[]	DORFSTR|7|	{}	01M80ZX6KJP0ZFYTYHGSDE6RK3	Angabe der Person
\.


--
-- Data for Name: dwelling_history; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.dwelling_history (id, version, person_id, dwelling_id, field, value, new_value, valid_from, valid_to, recorded_at_ms, recorded_by, kind, source, sheet) FROM stdin;
01M80ZX7PZ5SWENWX535SWVFTC	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX7PZV2QVPMM27C6P7QKY	01M80ZX7PZ9VKZ5VTZWM7ER8SA	dwelling		Birkengrund 3, 99101 Testhausen	2026-11-02	2026-11-22	1795329793759	01M80ZX7PSR0W1WWE4FPZAEWCJ	change	Anmeldung Z-000001, Personalausweis LZ6311T47, Stadt Musterstedt	1200
\.


--
-- Data for Name: inbox; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.inbox (id, version, message_id, message_type, type_version, sender, answers, sent_at, received_at_ms, case_id, person_id, state, problem, candidates, needs_release, settled_by, settled_at_ms, note, payload) FROM stdin;
\.


--
-- Data for Name: journal; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.journal (seq, at_ms, kind, name, command_id, actor, device, place, reason, outcome, payload_digest, rows_digest, hash) FROM stdin;
1	1795329784595	command	numbers.lease	01M80ZWYRK1QPW65YPTQAZGYWV		hub	system		done	\\xb08c7f418d56f080d80729a108e9349999c44f03eb2383b01413274c0465dd6b	\\x2f63087b69e98554e3f0f4d94e54c35763b34bc83147f606c0c3537daba1f1df	\\xbe97a5183f5b79a52cbaf24898ca78f6f3b69b9c3d47bd2c69c30073ff4330d4
2	1795329784627	command	numbers.lease	01M80ZWYSKD8GCZKN1F6H3E8MS		hub	system		done	\\xa4a3fb1c666724b230b9280be8818534b845caab99e3dc56ea4851676ef86b64	\\xad68de694de3bb7be669dc656883c71790168009eb6b9cd5261ff3aa534dd451	\\x48f885d457f055087c59c53ec0c412dced21f2951e12fb808837234fa25ffe5f
3	1795329786074	command	user.create	01M80ZX06TQ67J9C71JDAG9TM7		hub	system		done	\\xe4e8797528aed1e18eafe487150afd91934b8ffa7d243515c4e2e0d5ed93950e	\\xf5d28f5c0009cad90918d4b14847e97b45e11c81dac5714e8c8545b3d832f571	\\xbc1104effb88d380ae5149ae5e9b97c305eef440a569e11a862dbc059d2ea293
4	1795329788162	command	user.create	01M80ZX282BM431K31DWNC0BQC		hub	system		done	\\x1dddd50fa239f043723dddeb8a51772d085372ed095539252d57f17d2e776567	\\xa07fafe9951aa8e7ee430dd228e5406daa44de7072cb5c1a44d931c680ab4730	\\xfe00f3559941d94b35d06e81422723286bc911ba7551c50c06a5fe6fc356cfb5
5	1795329788823	command	residence.set_streets	01M80ZX2WQ1EEH79C6281QB6TK		hub	system		done	\\xeab5dfc1f4a8dab3ddf51bee182c474cd272faa2da311bf389ccffd29664b806	\\xb1ede8d484f01f4ba935f920ce50cde8c3d6ae2876e75a8316e0cecb94405035	\\x9e6af87a500c53fd75b7659a2e0ccb87300ead40d55d25a6899f7d195fe9ea0a
6	1795329792586	command	user.note_try	01M80ZX6JAA2QSZZCK8PZBCS3G		hub	system		done	\\x50dbb0da8266f80281029d7b156be9cbe71fca8885ee7493103c8268653b93bc	\\x3d5e3ea3b92d9070ecf55eaf45c7d914ab835afb3762f05a2f95ac9187f5dabf	\\x1c0f25094cc19444ba72355f0e59e009ac07f48b04e791f515a85fa1cf4df37c
7	1795329792631	command	case.open	01M80ZX6KJP0ZFYTYHGSDE6RK3	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\x9872fa1768eabdcf1d5a07a0f10ad9f24913de2829a90e6c1778cbaf4608ed86	\\x86f5d61674b5d5b2ceb56847d1d17785a1418a7288866d35a016a01c43292922	\\x681713b481a928bb4abdf075db8c86f43ed4408111957cf25be587e069ca0d61
8	1795329792767	command	case.attach	01M80ZX6QXTRPMA2HA8RR6JRFH	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\xc746ef515ed5c5d8664ff32a3a87dbd2b02c3454a70d239adc05aee425d73aea	\\xf622791bf2fa577bfe2fe2bdb460f5dd29e19612ee5590820c12155917234ec0	\\x71d37689e9babc7f378ee698ca31ac1850afad0d01ac0d236d90deb911fc854c
9	1795329792821	command	case.submit	01M80ZX6S4DB64MSTDAGJ8V67T	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\x5295e9d4126e5dc9721cb431397b3cb6f1c0e99ddc90d136549b0f25ca560a79	\\xf06a3d1fef039c0d72cd31fd32268f30947d87c67d2cc16d8e8f2529340401df	\\x1314f5ca83c72d07d50e889317b98d2c4a9a4ceb07cdbb9af6034e26d90d0b23
10	1795329793018	command	case.sign	01M80ZX6ZRHPT17EDGZ3ZDHWCC	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\x667cf7cd0f3af3436c8bf9710a4ac053a290e38208eb0e3ddb03a48d52855113	\\x674ffa6b703d12711a599235899ab2b0e1c6c8e13dcacbfde9e555b2de838f73	\\x35f4ec6bc7b12f2e78f9565252c24557d4427ddf8c7932dbd6e31188f00907b6
11	1795329793076	command	case.hand_over	01M80ZX70DHGQ0HBER4Z42QCSF	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\xb766fd1bc18013af204dc9f1f49c0a28a9ae0110346255e4ecf494e011b96eec	\\xe8e31fc5767ff140af07b901ebedd8189f37ba17e2f6487f1a3d83acc9a96bd1	\\x4ee7ac3eef09ab9d28558d069fd25d810a55ad3a63bd0d87c02917b646833596
12	1795329793471	command	case.attach	01M80ZX7DZGVWZYEJ14ZT99GP2	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\x1190521fd9802c1a21c69ed16fa8655a62843d865c07765cb985e28f937f8c6f	\\xbbe04dea4668d5539237a825d4511e089d236a2cec8b02119c1e127f4c3720f5	\\xa7282356b70199a08522ac4535f5be73c09dc3d8e93773de76d2eccb83816134
13	1795329793488	read	case.get		01M80ZX282A3HYCDPER4FMVKXV	hub	counter	Dokument angesehen	done	\\x81cb38a3d73c3d592a420b1d7b1479e4d061eb35b38846308cd092f9430b70be	\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855	\\x155b1d2560e8aaea6f3a2b67011f0144cbc9720a8d1645264cfbd260278cc4d1
14	1795329793502	command	case.hand_over	01M80ZX7EXBZG497YN5W5AS2ZF	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\x9e04a3bdde6d423e4250a695a3cc73923366f619c01be56f4c97271cc02bdf97	\\xb670d8658b0a21db9cc5abeea83003872d7a030c3a88af3a221fd22754eb1d62	\\x3ee45afb752ef71fb34b4e1eb6d068a56b816fcb43d5d78998acf882daeaceb5
15	1795329793536	command	case.issue_receipt	01M80ZX7FGF39ZHT043J4E2VD2	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\x756826c7087d52d19b2408e1ccfd928f7b447ada5d987175d7a5eb9d2852fadb	\\x7d87d98cf17a8e58035229411a0e9966a86fb4f14f12b7dc2c2d1e066ef16e55	\\x3330b3bdf1592e0239f6417512c02d6221fd5847edb9d9bf5edfc0740da4bcdb
16	1795329793623	command	case.attach	01M80ZX7JQM4YPPN0P5A0SVCTQ	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\x5e4618ba54d1336fedfdb8a13d584e32871292b9d52e94ff3c663f6c4d0f4050	\\x43cdde087da13adcf0820e1a33e80a5d92786e2b30ea1a7316e47be14bcafe72	\\x16366aaf7a897a2edeaa3e3627eee5a792361cb1c971477bcd77440d4a0aeb0d
17	1795329793647	read	case.get		01M80ZX282A3HYCDPER4FMVKXV	hub	counter	Dokument angesehen	done	\\x81cb38a3d73c3d592a420b1d7b1479e4d061eb35b38846308cd092f9430b70be	\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855	\\x642ef650d9db90eecd2b309ad56da386297584212e8a413a619b8b0c1cd92fe6
18	1795329793663	command	case.hand_over	01M80ZX7KYNQV3FRA54YF8HJWR	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\xd39543716031a7cb4a008f7e843a8998c80eb627ab8a4c1e64905047012b16a7	\\x2357d1da75b57f0176b7f91401355d6e6570825ec5a0d959646b2f88574ff038	\\x652c110742121fe9d116e153fa26e6ad6863f5b54a3dd002b90430e12f68bf66
19	1795329793683	command	case.precheck	01M80ZX7MCFG67JZKKMH8PGWMW	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\x81cb38a3d73c3d592a420b1d7b1479e4d061eb35b38846308cd092f9430b70be	\\x411efc12c03cd4d321665514890bf481f1f99cb0858819a3f375bcd8a30eb1b7	\\x11e594bcde10e333fed3e85177e9d737bf7752e317096dd99da5cec04816c945
20	1795329793736	read	residence.findings		01M80ZX282A3HYCDPER4FMVKXV	hub	counter	Prüflauf	done	\\x81cb38a3d73c3d592a420b1d7b1479e4d061eb35b38846308cd092f9430b70be	\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855	\\x06f9b453e95b26fe492f96a34528be5252ef7d83feeabbac6192ec1da13ce306
21	1795329793759	command	residence.book	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX282A3HYCDPER4FMVKXV	hub	counter		done	\\x81cb38a3d73c3d592a420b1d7b1479e4d061eb35b38846308cd092f9430b70be	\\x7f3c4b2b11b088fa3e714701d9b3edd54f58568df659dbcb54b533d85fd37068	\\xef9c2cf3e69515a0edbdb4eab0a49ee93ff5d5c60a8be31489276d4510d303fc
22	1795329793803	read	case.get		01M80ZX282A3HYCDPER4FMVKXV	hub	counter	Prüflauf	done	\\x81cb38a3d73c3d592a420b1d7b1479e4d061eb35b38846308cd092f9430b70be	\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855	\\x0136570de54ed93b4cc2e85057659b1c5b2e67fbacda4b42a6e6022046ba998a
\.


--
-- Data for Name: journal_row; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.journal_row (seq, table_name, row_id, digest) FROM stdin;
8	case_document	01M80ZX6QZEY7V1RE63HM2A7A2	\\xa1c5a35c34643dd30fe3cf2e7250c8a51e4b3e7210a37f0dc32d59871628cb1c
10	case_document	01M80ZX6ZTZAV6RJWACN2NW440	\\x1d43184d489b700abcdbcb3ec4b6801b7844d10a75838593122f950390a4da41
12	case_document	01M80ZX7DZK5ABEMTBFVQP156X	\\x683a5f90e4c67c68b9c8aab5635786dc8f9df2261185a146a4fbeaf989a6e87a
16	case_document	01M80ZX7JQAMFQBE4TN3MC4C5P	\\xfd74f154036802ad97a1e9e3bca3b0e08434a51abf087b72f0c57f9f055d281c
7	case_file	01M80ZX6KJP0ZFYTYHGSDE6RK3	\\xdef8424157e8bf527b1a37e20863218570f63735d3b372d44261695bc4568fc9
9	case_file	01M80ZX6KJP0ZFYTYHGSDE6RK3	\\xc809645ca0fbb2dc795a06ab3d40d7b872464485e1bdfc9c573b3d8610d8ff4e
10	case_file	01M80ZX6KJP0ZFYTYHGSDE6RK3	\\xd80a3850870e7d2c22e89bbf7265c22be29296f2916e6b2391e9ca77f6f05bd3
19	case_file	01M80ZX6KJP0ZFYTYHGSDE6RK3	\\xb45924a75669c0b59278ff5442436f2fb3b786676604e784d88fd656a330a1b0
21	case_file	01M80ZX6KJP0ZFYTYHGSDE6RK3	\\xfd49525d9ae49f2b153bde46d7902542bbdec649615b352d0ef7cc77d394d707
19	case_finding	01M80ZX6KJ07TWY7337GGNQ6PM	\\x0f1dcc0f2234ec20aba094ccb86369ef182eb54e00e1d5e22658c57b65203dc5
21	case_finding	01M80ZX6KJ07TWY7337GGNQ6PM	\\x00f5ab761a0193f6be51314bfa3d7ed16ce803c7dbc17835bb67509b7d0097c0
19	case_finding	01M80ZX6KJ1E2FZAY0PE2BX73G	\\x8cbd18cfada7badf8011b29d470f8eef342d90565cd4b7f91111eb168eb8e4ac
21	case_finding	01M80ZX6KJ1E2FZAY0PE2BX73G	\\xff88adbc6f45292c77418eeae7cbd59142449fc2b82d5c244b8b4aa47b4feb6c
19	case_finding	01M80ZX6KJ2NSWZ5GEPGHJHKT2	\\x5d1448861e39b40b6dfdc2deb792f5e2e19b6523510bd7c2583678ee55703d41
21	case_finding	01M80ZX6KJ2NSWZ5GEPGHJHKT2	\\xc6936a526a0d68440d8019e844caf0d2629a60ff152d65754df0097a8736ee3d
19	case_finding	01M80ZX6KJ4RA859CRCX403DZ8	\\xf5cccfe7c3251eed3e60d33441f36bf9e753726bd7b37bbcc14ec325810561fb
21	case_finding	01M80ZX6KJ4RA859CRCX403DZ8	\\xab0957b069219c74889a3c504e2799a475ab7eb710b7d4c8fc3c65e461b2d50b
19	case_finding	01M80ZX6KJ57YDTEC7R2YDBDWV	\\x47e5e3ad41d14dc230d3284cb62f8abba0cb02f57929dafe19eb4313dc524144
21	case_finding	01M80ZX6KJ57YDTEC7R2YDBDWV	\\xf1fc3bddf1a0fadd1630f9527e4231ff587560f37276dda9267279c089b38015
19	case_finding	01M80ZX6KJ6AJP4EAT39ETDZ2F	\\xc40043794dd2ac465c24008addc0a6103f4a9d2c901a909f947587303da6e91a
21	case_finding	01M80ZX6KJ6AJP4EAT39ETDZ2F	\\x277550c95e2fcf38ea3ea4377998220027915b2271a177eb2c4d27680ee6fa60
19	case_finding	01M80ZX6KJC8X1NKQBDQRYA9D1	\\x23f7019c82d724d25e5a134f398b904abd3019ee750aac5630a928c15a72bf06
21	case_finding	01M80ZX6KJC8X1NKQBDQRYA9D1	\\x4da9a35ba5b56be5fa9e677ad27a698b959e331d7fdda43fa52459ad87ccb923
19	case_finding	01M80ZX6KJMX3WNWZ0P10N05SW	\\x5eec010a7e140310fbdb526981b36bb0b3f3f3bb382fb254c71f201b5fb1ccc4
21	case_finding	01M80ZX6KJMX3WNWZ0P10N05SW	\\xa899059126ecdb4d7f19190f9456f24fc996263cd11ee56c1604ab090b81c291
19	case_finding	01M80ZX6KJRRQ96S5PC1W13BTE	\\x9027746007f18f5a367f94e166e9c88ae8322ffd2a0d11ed9f4d81d4371d83a4
21	case_finding	01M80ZX6KJRRQ96S5PC1W13BTE	\\x24e664094209bbf71f0fe326ee5609031140bae00ce8aec8f4cb7c93e4147841
19	case_finding	01M80ZX6KJS1G1DYJJ2V10YR3B	\\x2f30fdc78a5a5f9d059de3e16a5d480f581c8508c96603e088e7207bdf404459
21	case_finding	01M80ZX6KJS1G1DYJJ2V10YR3B	\\x8cf3b9807a2fcfe0d72a32c463184edb01fb6d3507d83b793e68e756fac77939
19	case_finding	01M80ZX6KJSS7Y6JP99YARD7C7	\\x16c11178b0bc66fef407ffc1e5c7779549dd6e1b6ade21fa293f799d7a2fc9fd
21	case_finding	01M80ZX6KJSS7Y6JP99YARD7C7	\\x7bf56047c66577952605af03cb30142c695239f61690777d817d9411dcb16270
19	case_finding	01M80ZX6KJSV656KQTMP71QJYA	\\xaad25c9c50f8e59a0b75c1f0f05249dc7eb42bb7d6f6a871952358ba9ec9f0c1
21	case_finding	01M80ZX6KJSV656KQTMP71QJYA	\\x32d9132dc5fdfa341a6ae4f5b221d8d0e654f6fb54dc00c586bf508f208c68dd
19	case_finding	01M80ZX6KJW9G1PZ3GYVD9SF01	\\x3f323e0dd4868591c197ea3948abc2d36dd8e3ebe25565a122d27acca416dc52
21	case_finding	01M80ZX6KJW9G1PZ3GYVD9SF01	\\x7e42520510f23157d2c2d54a12841dfeb2908053c46d2ab6b0ced7651a886fa9
19	case_finding	01M80ZX6KJXCS4Q65GMWMMK9JP	\\x8c7c33ee298b25b743d24eda65219b2f45bb946df513ace4dd07349e2b25119a
21	case_finding	01M80ZX6KJXCS4Q65GMWMMK9JP	\\x7c1d29c708f3c94fcb52c0d3e442c3131a0720c4b18b7158318ff52958784b20
19	case_finding	01M80ZX6KJXXF7JX67T9J21YRQ	\\xf1e9673b26d2397a0703173cd80db0c002e8e2a0f28c3c01bc170c8b0edfbddc
21	case_finding	01M80ZX6KJXXF7JX67T9J21YRQ	\\xbcebaf500af1c05f9bcd587ddf6a21610d60a1d454c00d2157a4d1724f9c7f8b
19	case_finding	01M80ZX6KJZM1BEFQDVVNNZ803	\\x097e567a4a1a4597ba98adcbea028d1ec95756b8a39062c45e4e3799b03404e3
21	case_finding	01M80ZX6KJZM1BEFQDVVNNZ803	\\xd313b35abd90830263b3a4c3aabd7a2930a9010914ecb8320c0a1b6634c843c6
11	case_finding	01M80ZX71MG6P11GCDEY2AGKY4	\\xadf5ec1070dd9a18dcbd61cf3257a8c9ab77b99644b8bac2ee708898683a4361
14	case_finding	01M80ZX7EYNKH7GGMHC9AY4D9K	\\xa195a9d947782d80d32dbbb7eb96f10cdc35c05d01e61df22c60a008ca16c063
15	case_finding	01M80ZX7G0JW5767TMBFB6QWV1	\\x11ccccfcd4cc436cb8c49b8a3af22115b0d993902bbcb41552b87d109f49d3a4
18	case_finding	01M80ZX7KZP0JE0MTWVC8WSAG1	\\xc6ae63b018cb58f2bb8b70589c47b9081d0cf66b8e1898d36b7b55739c59eb29
21	case_finding	01M80ZX7PZ1WN3ENSVCHN99NDR	\\x02ee864c9fb58da61e4c64bdcd30e44d7df81aecde2a8dbff078264f87faad80
21	case_finding	01M80ZX7PZ7FMMEN1JR283TPK9	\\xf9afa78a9fcbf3e6e74357370e09dfdd263142d52d678855fa1fd76925ad9eed
21	dwelling	01M80ZX7PZ9VKZ5VTZWM7ER8SA	\\x81c7214332788bbd9e30cb109c9636b22c8dfb9f818a2b94a35801962580ba00
21	dwelling	01M80ZX7PZY6NR8VH9VEP6SFWV	\\x865e4a033e6fc6a0bd9bae61a99f82cc86db762fab7e6ed3fd2523584a90990c
21	dwelling_history	01M80ZX7PZ5SWENWX535SWVFTC	\\x14e31c3682f125ff1c4fc1f285fcc307dac9e149ab029e535db0dfdd514e5c76
1	number_block	01M80ZWYRK0F5YTVTFCRNHQZYT	\\xf2352c8e5c5d853c7cabb03ad60166d27fa3f172fac5f10c09e596a1b67312d0
7	number_block	01M80ZWYRK0F5YTVTFCRNHQZYT	\\x80cc8a6f1d7d9563b68d4f6b6b2db5ec3b9e19bb223e8f5c1c17eccdf79e2e55
2	number_block	01M80ZWYSK6M39J5TW1ZS52R66	\\x0fa2f43b6693a7898d47cee4797bc7dbdb1dd89ff7e7e45ef75aa982c54ce7e1
15	number_block	01M80ZWYSK6M39J5TW1ZS52R66	\\x3a8cee3907b1f6d01f4576a8802354072de2101d47139a382b3838a2eaac4371
21	outbox	01M80ZX7PZ4BEJ2KKYW6E0ENEC	\\x3442e96c63feac3bbd55238ed3e02d2f644c3816e4a6516aef6f3254119b847d
21	outbox	01M80ZX7PZ9K6QDHWS2Z6Z8BNY	\\x06abf3bc741921a141fcbed5c2083e9d98ec48345eb3ca7d4e44d7485d171f02
21	outbox	01M80ZX7PZAD0FC22B0XVK5PW2	\\xd16a59d1730779d531b72b37bc1fbb9131df0193a22fcb75243f4f9e843de084
21	outbox	01M80ZX7PZE6K70SYT38D2Q0ZT	\\xf7eb024e96a964740285cde3aa20c0f1ff698d140e019788993fa343dba3c389
21	outbox	01M80ZX7PZSWPF3DGH9KD2BSTM	\\x4a6301420d07735cfd2b189ba2fda09d9a2d064f4d0bdbf9ba405e36d4b73e1c
21	person	01M80ZX7PZV2QVPMM27C6P7QKY	\\x5d9fed42396bfef63b2a68f9ce5938f6643ca4ff8f85686bc8fc19a7800ef7ab
21	person_document	01M80ZX7PZ87Z0CPR6J1MSWZNT	\\x7d500ef0eb53918b54d212436778b5c49e77970f126afd7c98edc5d980dec534
5	street	01M80ZX2WQ1PGCZ5M0Q8QPR3ZE	\\xc4c78a75cb34337e43a1a2952a2810f5a60ad3c91e2d84aae98f4f1ab2312372
21	task	01M80ZX6KJTTTE1FQCH1SXTCDZ	\\x2a09375b74b192e45c94d8ed3b2a606a711aeae51df399563a483c3aa633f62c
3	user_account	01M80ZX06TW0JE54FWGD8SKCF8	\\xe960fc11431f01fce700818e74d159e6a44ea487161be0a1c7e2b24e3e22c3ab
4	user_account	01M80ZX282A3HYCDPER4FMVKXV	\\x15c9b4ab6160c2f441e0b68746c9ca9618b07f57b1d7cad6e9cf7b35b9d56189
6	user_account	01M80ZX282A3HYCDPER4FMVKXV	\\xb3bbc5934e34c512a38db405e374efb2c7fe7c265b422b021e6540f630933dfc
\.


--
-- Data for Name: journal_subject; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.journal_subject (subject_type, subject_id, seq) FROM stdin;
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	7
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	8
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	9
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	10
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	11
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	12
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	13
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	14
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	15
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	16
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	17
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	18
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	19
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	20
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	21
case	01M80ZX6KJP0ZFYTYHGSDE6RK3	22
outbox	01M80ZX7PZ4BEJ2KKYW6E0ENEC	21
outbox	01M80ZX7PZ9K6QDHWS2Z6Z8BNY	21
outbox	01M80ZX7PZAD0FC22B0XVK5PW2	21
outbox	01M80ZX7PZE6K70SYT38D2Q0ZT	21
outbox	01M80ZX7PZSWPF3DGH9KD2BSTM	21
person	01M80ZX7PZV2QVPMM27C6P7QKY	21
person	01M80ZX7PZV2QVPMM27C6P7QKY	22
user	01M80ZX06TW0JE54FWGD8SKCF8	3
user	01M80ZX282A3HYCDPER4FMVKXV	4
user	01M80ZX282A3HYCDPER4FMVKXV	6
\.


--
-- Data for Name: loss; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.loss (id, version, device_id, kind, noticed_on, place, circumstances, police_office, police_number, inventory, reported_at_ms, reported_by, destroyed_at_ms) FROM stdin;
\.


--
-- Data for Name: number_block; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.number_block (id, version, kind, series, next_number, last_number, holder, state) FROM stdin;
01M80ZWYRK0F5YTVTFCRNHQZYT	01M80ZX6KJP0ZFYTYHGSDE6RK3	case	Z	2	100000	hub	open
01M80ZWYSK6M39J5TW1ZS52R66	01M80ZX7FGF39ZHT043J4E2VD2	receipt	Z	2	100000	hub	open
\.


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.outbox (id, version, recipient, message_type, case_id, person_id, law, due_on, interactive, created_at_ms, state, state_at_ms, handed_over_at_ms, acknowledged_at_ms, attempts, problem, reason, answers, replaces, answer_due_on, answered_by, answer_missed, payload) FROM stdin;
01M80ZX7PZ4BEJ2KKYW6E0ENEC	01M80ZX7PSR0W1WWE4FPZAEWCJ	BZSt	bzst_number_request	01M80ZX6KJP0ZFYTYHGSDE6RK3	01M80ZX7PZV2QVPMM27C6P7QKY	AO § 139b; 1. BMeldDÜV § 9	2026-11-22	0	1795329793759	due	1795329793759	\N	\N	0							0	{"person":{"family_name":"Łącka-M̂ẖőỳ","given_names":"Wéronika Zoë","birth_date":"1941-04-03","birth_place":"Łódź","sex":"w"},"address":{"ags":"99001001","postcode":"99101","city":"Testhausen","street_key":"00101","street":"Birkengrund","house_no":3},"moved_in":"2026-11-02"}
01M80ZX7PZ9K6QDHWS2Z6Z8BNY	01M80ZX7PSR0W1WWE4FPZAEWCJ	Rundfunk-Beitragsservice	broadcast_moved	01M80ZX6KJP0ZFYTYHGSDE6RK3	01M80ZX7PZV2QVPMM27C6P7QKY	Landesrecht (zu prüfen)	2026-11-22	0	1795329793759	due	1795329793759	\N	\N	0							0	{"person":{"family_name":"Łącka-M̂ẖőỳ","given_names":"Wéronika Zoë","birth_date":"1941-04-03"},"address":{"ags":"99001001","postcode":"99101","city":"Testhausen","street_key":"00101","street":"Birkengrund","house_no":3},"moved_in":"2026-11-02","dwelling_status":"E"}
01M80ZX7PZAD0FC22B0XVK5PW2	01M80ZX7PSR0W1WWE4FPZAEWCJ	Meldebehörde 99001002	rueckmeldung	01M80ZX6KJP0ZFYTYHGSDE6RK3	01M80ZX7PZV2QVPMM27C6P7QKY	BMG § 33; 1. BMeldDÜV §§ 4–7	2026-11-25	0	1795329793759	due	1795329793759	\N	\N	0							0	{"person":{"family_name":"Łącka-M̂ẖőỳ","given_names":"Wéronika Zoë","birth_date":"1941-04-03","birth_place":"Łódź","sex":"w"},"new_dwelling":{"ags":"99001001","postcode":"99101","city":"Testhausen","street_key":"00101","street":"Birkengrund","house_no":3},"moved_in":"2026-11-02","registered_on":"2026-11-22","dwelling_status":"E","your_dwelling":{"ags":"99001002","postcode":"99102","city":"Musterstedt","street":"Dorfstraße","house_no":7},"your_dwelling_kept":false}
01M80ZX7PZE6K70SYT38D2Q0ZT	01M80ZX7PSR0W1WWE4FPZAEWCJ	Religionsgesellschaft rk	religion_moved	01M80ZX6KJP0ZFYTYHGSDE6RK3	01M80ZX7PZV2QVPMM27C6P7QKY	BMG § 42; Landesrecht (zu prüfen)	2026-11-22	0	1795329793759	due	1795329793759	\N	\N	0							0	{"person":{"family_name":"Łącka-M̂ẖőỳ","given_names":"Wéronika Zoë","birth_date":"1941-04-03","sex":"w","religion":"rk"},"address":{"ags":"99001001","postcode":"99101","city":"Testhausen","street_key":"00101","street":"Birkengrund","house_no":3},"moved_in":"2026-11-02"}
01M80ZX7PZSWPF3DGH9KD2BSTM	01M80ZX7PSR0W1WWE4FPZAEWCJ	DSRV	dsrv_address	01M80ZX6KJP0ZFYTYHGSDE6RK3	01M80ZX7PZV2QVPMM27C6P7QKY	2. BMeldDÜV (zu prüfen)	2026-11-22	0	1795329793759	due	1795329793759	\N	\N	0							0	{"person":{"family_name":"Łącka-M̂ẖőỳ","given_names":"Wéronika Zoë","birth_date":"1941-04-03","sex":"w"},"address":{"ags":"99001001","postcode":"99101","city":"Testhausen","street_key":"00101","street":"Birkengrund","house_no":3}}
\.


--
-- Data for Name: outgoing; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.outgoing (device_seq, command_id, stream, name, envelope, hash, state, answer, at_ms) FROM stdin;
\.


--
-- Data for Name: passkey; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.passkey (id, version, user_id, credential, public_key, sign_count, name, added_at_ms, used_at_ms) FROM stdin;
\.


--
-- Data for Name: person; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.person (id, version, status, family_name, birth_name, given_names, rufname_index, single_name, former_names, doctorate, religious_name, artist_name, birth_date, birth_place, birth_country, sex, nationalities, religion, marital_status, marital_status_since, marital_status_place, marital_status_country, tax_id, azr_number, order_mark, blocks, objections, death_date, death_place) FROM stdin;
01M80ZX7PZV2QVPMM27C6P7QKY	01M80ZX7PSR0W1WWE4FPZAEWCJ	resident	Łącka-M̂ẖőỳ		Wéronika Zoë	1	0	[]				1941-04-03	Łódź	152	w	["000"]	rk	VW						19410403w-0001	[]	[]		
\.


--
-- Data for Name: person_document; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.person_document (id, version, person_id, doc_type, serial, issuing_authority, issuing_country, issue_date, valid_until, state) FROM stdin;
01M80ZX7PZ87Z0CPR6J1MSWZNT	01M80ZX7PSR0W1WWE4FPZAEWCJ	01M80ZX7PZV2QVPMM27C6P7QKY	PA	LZ6311T47	Stadt Musterstedt			2031-08-01	valid
\.


--
-- Data for Name: person_history; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.person_history (id, version, person_id, field, value, new_value, valid_from, valid_to, recorded_at_ms, recorded_by, kind, source, sheet) FROM stdin;
\.


--
-- Data for Name: person_search; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.person_search (key, first, second, person_id) FROM stdin;
B1941-04-03	LACKAMHOY		01M80ZX7PZV2QVPMM27C6P7QKY
B1941-04-03	MHOY		01M80ZX7PZV2QVPMM27C6P7QKY
B1941-04-03	WERONIKAZO		01M80ZX7PZV2QVPMM27C6P7QKY
B1941-04-03	ZO		01M80ZX7PZV2QVPMM27C6P7QKY
K546|3764	1941-04-03		01M80ZX7PZV2QVPMM27C6P7QKY
K546|8	1941-04-03		01M80ZX7PZV2QVPMM27C6P7QKY
K54|3764	1941-04-03		01M80ZX7PZV2QVPMM27C6P7QKY
K54|8	1941-04-03		01M80ZX7PZV2QVPMM27C6P7QKY
K6|3764	1941-04-03		01M80ZX7PZV2QVPMM27C6P7QKY
K6|8	1941-04-03		01M80ZX7PZV2QVPMM27C6P7QKY
LHAUSBIRKENGRUNDGGMBH|BIRKENGRUND|4|	2026-11-02		01M80ZX7PZV2QVPMM27C6P7QKY
NLA|WE	LACKAMHOY	WERONIKAZO|1941-04-03	01M80ZX7PZV2QVPMM27C6P7QKY
NLA|ZO	LACKAMHOY	ZO|1941-04-03	01M80ZX7PZV2QVPMM27C6P7QKY
NMH|WE	MHOY	WERONIKAZO|1941-04-03	01M80ZX7PZV2QVPMM27C6P7QKY
NMH|ZO	MHOY	ZO|1941-04-03	01M80ZX7PZV2QVPMM27C6P7QKY
SBIRKENGRUND|0003	LACKAMHOY	1941-04-03 WERONIKAZO ZO	01M80ZX7PZV2QVPMM27C6P7QKY
SBIRKENGRUND|0003	MHOY	1941-04-03 WERONIKAZO ZO	01M80ZX7PZV2QVPMM27C6P7QKY
Y1941LA	LACKAMHOY	1941-04-03	01M80ZX7PZV2QVPMM27C6P7QKY
Y1941MH	MHOY	1941-04-03	01M80ZX7PZV2QVPMM27C6P7QKY
Y1941WE	WERONIKAZO	1941-04-03	01M80ZX7PZV2QVPMM27C6P7QKY
Y1941ZO	ZO	1941-04-03	01M80ZX7PZV2QVPMM27C6P7QKY
\.


--
-- Data for Name: quarantine; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quarantine (command_id, device_id, tour_id, device_seq, name, stream, envelope, code, details, arrived_at_ms, state, settled_by, settled_at_ms, reason) FROM stdin;
\.


--
-- Data for Name: received_form; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.received_form (id, version, case_id, person_index, state, office, request_key, message_id, requested_at_ms, requested_by, received_at_ms, form) FROM stdin;
\.


--
-- Data for Name: relation; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.relation (id, version, person_id, kind, other_id, family_name, given_names, birth_date, note, valid_from, valid_to) FROM stdin;
\.


--
-- Data for Name: retrieval_log; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.retrieval_log (id, version, direction, office, case_id, person_id, by_user, at_ms, result, erase_after) FROM stdin;
\.


--
-- Data for Name: schema_step; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.schema_step (name, applied_at_ms) FROM stdin;
kernel/0001_kernel	1795329784367
kernel/0002_device_certificates	1795329784417
kernel/0010_indexes	1795329784431
kernel/0011_pin_auth	1795329784440
residence/0001_residence	1795329784452
residence/0002_exchange	1795329784472
residence/0003_childhood	1795329784483
tours/0001_tours	1795329784492
tours/0002_tour_devices	1795329784504
tours/0003_losses	1795329784523
\.


--
-- Data for Name: setting; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.setting (key, value) FROM stdin;
\.


--
-- Data for Name: site; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.site (id, version, name, street, postcode, city, contact, line_verdict) FROM stdin;
\.


--
-- Data for Name: street; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.street (id, version, key, name, form, postcode, city, district, ranges, valid_from, valid_to) FROM stdin;
01M80ZX2WQ1PGCZ5M0Q8QPR3ZE	01M80ZX2WQ1EEH79C6281QB6TK	00101	Birkengrund	BIRKENGRUND	99101	Testhausen		[]	1990-01-01	
\.


--
-- Data for Name: task; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.task (id, version, kind, subject, title, case_id, person_id, due_on, state, scheduled_at, place, note, created_at_ms, created_by, closed_at_ms, closed_by, result) FROM stdin;
01M80ZX6KJTTTE1FQCH1SXTCDZ	01M80ZX7PSR0W1WWE4FPZAEWCJ	id_card_sticker	01M80ZX7PZV2QVPMM27C6P7QKY	Anschrift auf dem Ausweis ändern: Aufkleber und Chip	01M80ZX6KJP0ZFYTYHGSDE6RK3	01M80ZX7PZV2QVPMM27C6P7QKY	\N	open	\N	\N	\N	1795329793759	01M80ZX282A3HYCDPER4FMVKXV	\N	\N	\N
\.


--
-- Data for Name: tour; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.tour (id, version, site_id, day, from_time, until_time, staff, device_id, exception, state, checked_out_ms, expires_ms, checked_in_ms, wiped_ms, former_devices) FROM stdin;
\.


--
-- Data for Name: user_account; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.user_account (id, version, login, name, roles, state, password_hash, failed_tries, locked_until_ms, sign_key, seal_key, wrapped_seed, pin_auth) FROM stdin;
01M80ZX06TW0JE54FWGD8SKCF8	01M80ZX06TQ67J9C71JDAG9TM7	ada	Ada Alt	["admin"]	active	$argon2id$v=19$m=65536,t=2,p=1$qqUIQzyU7NncSZiYRLc2Mw$ppMaAsRAAoyFD7MJEwR0IjUMHOjfnY0qPTLJhbNNtlI	0	0	\N	\N	\N	\N
01M80ZX282A3HYCDPER4FMVKXV	01M80ZX6JAA2QSZZCK8PZBCS3G	jutta	Jutta Petersen	["clerk"]	active	$argon2id$v=19$m=65536,t=2,p=1$DS4BcVTsfjPDlQ7MTETf2Q$KgKWw9JPEbcAec8l0mq77RzfFzjqZAWCYGQQOghbErg	0	0	\N	\N	\N	\N
\.


--
-- Data for Name: zone_datum; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.zone_datum (id, version, person_id, zone, purpose, field, sheet, value, recorded_at_ms, source) FROM stdin;
\.


--
-- Name: appointment appointment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_pkey PRIMARY KEY (id);


--
-- Name: arrival arrival_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.arrival
    ADD CONSTRAINT arrival_pkey PRIMARY KEY (device_id, tour_id, device_seq);


--
-- Name: case_document case_document_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_document
    ADD CONSTRAINT case_document_pkey PRIMARY KEY (id);


--
-- Name: case_file case_file_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_file
    ADD CONSTRAINT case_file_number_key UNIQUE (number);


--
-- Name: case_file case_file_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_file
    ADD CONSTRAINT case_file_pkey PRIMARY KEY (id);


--
-- Name: case_finding case_finding_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_finding
    ADD CONSTRAINT case_finding_pkey PRIMARY KEY (id);


--
-- Name: command_done command_done_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.command_done
    ADD CONSTRAINT command_done_pkey PRIMARY KEY (command_id);


--
-- Name: conflict conflict_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.conflict
    ADD CONSTRAINT conflict_pkey PRIMARY KEY (id);


--
-- Name: device_chain device_chain_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.device_chain
    ADD CONSTRAINT device_chain_pkey PRIMARY KEY (device_id, tour_id);


--
-- Name: device device_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (id);


--
-- Name: document_chunk document_chunk_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document_chunk
    ADD CONSTRAINT document_chunk_pkey PRIMARY KEY (hash, "position");


--
-- Name: document document_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (hash);


--
-- Name: document_upload document_upload_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document_upload
    ADD CONSTRAINT document_upload_pkey PRIMARY KEY (hash);


--
-- Name: draft draft_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (case_id);


--
-- Name: dwelling_history dwelling_history_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.dwelling_history
    ADD CONSTRAINT dwelling_history_pkey PRIMARY KEY (id);


--
-- Name: dwelling dwelling_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.dwelling
    ADD CONSTRAINT dwelling_pkey PRIMARY KEY (id);


--
-- Name: inbox inbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (id);


--
-- Name: journal journal_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (seq);


--
-- Name: journal_row journal_row_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal_row
    ADD CONSTRAINT journal_row_pkey PRIMARY KEY (table_name, row_id, seq);


--
-- Name: journal_subject journal_subject_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal_subject
    ADD CONSTRAINT journal_subject_pkey PRIMARY KEY (subject_type, subject_id, seq);


--
-- Name: loss loss_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.loss
    ADD CONSTRAINT loss_pkey PRIMARY KEY (id);


--
-- Name: number_block number_block_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.number_block
    ADD CONSTRAINT number_block_pkey PRIMARY KEY (id);


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);


--
-- Name: outgoing outgoing_command_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outgoing
    ADD CONSTRAINT outgoing_command_id_key UNIQUE (command_id);


--
-- Name: outgoing outgoing_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outgoing
    ADD CONSTRAINT outgoing_pkey PRIMARY KEY (device_seq);


--
-- Name: passkey passkey_credential_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_credential_key UNIQUE (credential);


--
-- Name: passkey passkey_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_pkey PRIMARY KEY (id);


--
-- Name: person_document person_document_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_document
    ADD CONSTRAINT person_document_pkey PRIMARY KEY (id);


--
-- Name: person_history person_history_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_history
    ADD CONSTRAINT person_history_pkey PRIMARY KEY (id);


--
-- Name: person person_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);


--
-- Name: person_search person_search_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_search
    ADD CONSTRAINT person_search_pkey PRIMARY KEY (key, first, second, person_id);


--
-- Name: quarantine quarantine_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (command_id);


--
-- Name: received_form received_form_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.received_form
    ADD CONSTRAINT received_form_pkey PRIMARY KEY (id);


--
-- Name: relation relation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.relation
    ADD CONSTRAINT relation_pkey PRIMARY KEY (id);


--
-- Name: retrieval_log retrieval_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.retrieval_log
    ADD CONSTRAINT retrieval_log_pkey PRIMARY KEY (id);


--
-- Name: schema_step schema_step_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_step
    ADD CONSTRAINT schema_step_pkey PRIMARY KEY (name);


--
-- Name: setting setting_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (key);


--
-- Name: site site_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (id);


--
-- Name: street street_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.street
    ADD CONSTRAINT street_pkey PRIMARY KEY (id);


--
-- Name: task task_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (id);


--
-- Name: tour tour_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tour
    ADD CONSTRAINT tour_pkey PRIMARY KEY (id);


--
-- Name: user_account user_account_login_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_login_key UNIQUE (login);


--
-- Name: user_account user_account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_pkey PRIMARY KEY (id);


--
-- Name: zone_datum zone_datum_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.zone_datum
    ADD CONSTRAINT zone_datum_pkey PRIMARY KEY (id);


--
-- Name: appointment_tour; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX appointment_tour ON public.appointment USING btree (tour_id, at_time);


--
-- Name: arrival_command; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX arrival_command ON public.arrival USING btree (command_id);


--
-- Name: case_document_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_document_case ON public.case_document USING btree (case_id);


--
-- Name: case_document_hash; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_document_hash ON public.case_document USING btree (hash);


--
-- Name: case_file_appointment; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_file_appointment ON public.case_file USING btree (appointment_id) WHERE (appointment_id IS NOT NULL);


--
-- Name: case_file_opened; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_file_opened ON public.case_file USING btree (opened_at_ms);


--
-- Name: case_file_opened_by; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_file_opened_by ON public.case_file USING btree (opened_by, status, opened_at_ms);


--
-- Name: case_file_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_file_person ON public.case_file USING btree (person_id);


--
-- Name: case_file_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_file_status ON public.case_file USING btree (status, opened_at_ms);


--
-- Name: case_file_tour; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_file_tour ON public.case_file USING btree (tour_id);


--
-- Name: case_finding_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_finding_case ON public.case_finding USING btree (case_id);


--
-- Name: conflict_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conflict_age ON public.conflict USING btree (state, there_at_ms);


--
-- Name: conflict_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conflict_state ON public.conflict USING btree (state);


--
-- Name: conflict_stream; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conflict_stream ON public.conflict USING btree (stream);


--
-- Name: conflict_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX conflict_subject ON public.conflict USING btree (subject_id);


--
-- Name: dwelling_address; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX dwelling_address ON public.dwelling USING btree (address_key) WHERE (current = 1);


--
-- Name: dwelling_history_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX dwelling_history_person ON public.dwelling_history USING btree (person_id);


--
-- Name: dwelling_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX dwelling_person ON public.dwelling USING btree (person_id);


--
-- Name: inbox_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX inbox_case ON public.inbox USING btree (case_id);


--
-- Name: inbox_message; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX inbox_message ON public.inbox USING btree (message_id);


--
-- Name: inbox_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX inbox_state ON public.inbox USING btree (state, received_at_ms);


--
-- Name: journal_command; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX journal_command ON public.journal USING btree (command_id);


--
-- Name: journal_row_seq; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX journal_row_seq ON public.journal_row USING btree (seq);


--
-- Name: loss_device; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX loss_device ON public.loss USING btree (device_id);


--
-- Name: number_block_holder; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX number_block_holder ON public.number_block USING btree (kind, holder, state);


--
-- Name: outbox_answer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_answer ON public.outbox USING btree (answer_due_on) WHERE ((answer_due_on <> ''::text) AND (answered_by = ''::text));


--
-- Name: outbox_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_case ON public.outbox USING btree (case_id);


--
-- Name: outbox_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_due ON public.outbox USING btree (due_on, id);


--
-- Name: outbox_replaces; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_replaces ON public.outbox USING btree (replaces) WHERE (replaces <> ''::text);


--
-- Name: outbox_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_state ON public.outbox USING btree (state, due_on);


--
-- Name: outgoing_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outgoing_state ON public.outgoing USING btree (state, device_seq);


--
-- Name: outgoing_stream; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outgoing_stream ON public.outgoing USING btree (stream, device_seq);


--
-- Name: passkey_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX passkey_user ON public.passkey USING btree (user_id);


--
-- Name: person_document_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX person_document_person ON public.person_document USING btree (person_id);


--
-- Name: person_history_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX person_history_person ON public.person_history USING btree (person_id, field);


--
-- Name: person_order_mark; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX person_order_mark ON public.person USING btree (order_mark) WHERE (order_mark <> ''::text);


--
-- Name: quarantine_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quarantine_state ON public.quarantine USING btree (state, arrived_at_ms);


--
-- Name: quarantine_stream; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX quarantine_stream ON public.quarantine USING btree (stream, state);


--
-- Name: received_form_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX received_form_case ON public.received_form USING btree (case_id, person_index);


--
-- Name: received_form_message; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX received_form_message ON public.received_form USING btree (message_id);


--
-- Name: relation_children; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX relation_children ON public.relation USING btree (birth_date) WHERE ((kind = 'child'::text) AND (valid_to = ''::text));


--
-- Name: relation_other; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX relation_other ON public.relation USING btree (other_id);


--
-- Name: relation_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX relation_person ON public.relation USING btree (person_id);


--
-- Name: retrieval_log_erase; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX retrieval_log_erase ON public.retrieval_log USING btree (erase_after);


--
-- Name: street_form; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX street_form ON public.street USING btree (form);


--
-- Name: street_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX street_key ON public.street USING btree (key);


--
-- Name: task_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX task_case ON public.task USING btree (case_id);


--
-- Name: task_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX task_person ON public.task USING btree (person_id);


--
-- Name: task_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX task_state ON public.task USING btree (state, due_on);


--
-- Name: tour_day; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tour_day ON public.tour USING btree (day);


--
-- Name: tour_device; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tour_device ON public.tour USING btree (device_id, state);


--
-- Name: zone_datum_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX zone_datum_person ON public.zone_datum USING btree (person_id, purpose);


--
-- Name: appointment appointment_tour_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_tour_id_fkey FOREIGN KEY (tour_id) REFERENCES public.tour(id);


--
-- Name: case_document case_document_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_document
    ADD CONSTRAINT case_document_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.case_file(id);


--
-- Name: case_finding case_finding_case_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.case_finding
    ADD CONSTRAINT case_finding_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.case_file(id);


--
-- Name: passkey passkey_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.user_account(id);


--
-- Name: tour tour_site_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tour
    ADD CONSTRAINT tour_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.site(id);


--
-- PostgreSQL database dump complete
--


