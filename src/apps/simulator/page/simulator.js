// The simulator's page: reads /api/state every second and sends what is pressed. Invented persons only.
'use strict';

const byId = (id) => document.getElementById(id);
let shown = '';

const words = {
  acknowledged: 'angenommen', rejected: 'abgewiesen', '': 'ohne Antwort',
  answer: 'antwortet sofort', late: 'antwortet spät', silent: 'antwortet nicht', not_found: 'kennt die Person nicht',
  not_unique: 'findet mehrere, bis der Geburtsname genannt ist', blocked: 'Auskunftssperre', contradict: 'sagt anderes als die Person',
  departed: 'hat sie schon abgemeldet', reject: 'weist ab', dispute: 'führt ebenfalls eine alleinige Wohnung', zone: 'meldet Hinweise für den Zweck',
};
const types = {
  rueckmeldung: 'Rückmeldung', auswertung: 'Auswertung', vms_request: 'Abruf des Meldescheins', vms_response: 'Vorausgefüllter Meldeschein',
  bzst_address: 'Anschrift an das Bundeszentralamt', bzst_number_request: 'Anforderung einer Steuer-ID', bzst_number: 'Steuer-ID vom Bundeszentralamt', bzst_tax_data: 'Lohnsteuermerkmale', bzst_contact: 'Kontakt an das Bundeszentralamt',
  dsrv_address: 'Anschrift an die Rentenversicherung', foreigner_moved: 'Umzug an die Ausländerbehörde', azr_address: 'Anschrift an das AZR',
  broadcast_moved: 'Umzug an den Beitragsservice', religion_moved: 'Umzug an die Religionsgesellschaft', weapons_moved: 'Umzug an die Waffenbehörde',
  school_moved: 'Zuzug eines Kindes an die Schulbehörde', waste_moved: 'Einzug an die Abfallwirtschaft', statistics_moved: 'Zuzug an die Statistik',
  election_moved: 'Zuzug an das Wahlamt', correction: 'Berichtigung einer Angabe',
  'exchange.receipt': 'Quittung', revocation: 'Rücknahme', spouse_change: 'Ehegatten-Mitteilung', postbox_delivery: 'Zustellung ins Postfach',
};
const typeName = (type) => types[type] ?? type;
const day = (text) => (text ? new Date(`${text}T12:00`).toLocaleDateString('de-DE') : '');
const time = (text) => new Date(text).toLocaleString('de-DE', { dateStyle: 'short', timeStyle: 'medium' });

function say(text, refused = false) {
  const said = byId('said');
  said.textContent = text;
  said.classList.toggle('no', refused);
}

/** The heads of the columns stand at each cell when the table is narrow. */
function row(table, cells) {
  const line = document.createElement('tr');
  const heads = [...document.querySelectorAll(`table:has(#${table}) th`)].map((head) => head.textContent);
  for (const [index, cell] of cells.entries()) {
    const td = line.insertCell();
    td.dataset.label = heads[index];
    if (cell instanceof Node) td.append(cell);
    else td.textContent = cell;
  }
  return line;
}

function chosen() {
  return document.querySelector('input[name="chosen"]:checked')?.value ?? '';
}

function choice(message, keep) {
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = 'chosen';
  input.value = message.id;
  input.checked = message.id === keep;
  input.setAttribute('aria-label', `${typeName(message.type)} an ${message.recipient}`);
  return input;
}

function show(state) {
  const now = JSON.stringify(state);
  if (now === shown) return;
  shown = now;
  const keep = chosen();
  byId('received').replaceChildren(...state.received.map((m) => row('received', [choice(m, keep), time(m.at), typeName(m.type), m.sender, m.recipient,
    day(m.due_on) + (m.late ? ' (verspätet)' : ''), (words[m.outcome] ?? m.outcome) + (m.code ? `: ${m.code}` : '')])));
  byId('queued').replaceChildren(...state.queued.map((m) => {
    const again = document.createElement('button');
    again.textContent = 'Senden';
    again.setAttribute('aria-label', `${typeName(m.type)} an ${m.recipient} noch einmal senden`);
    again.addEventListener('click', () => send({ kind: 'duplicate', message_id: m.id }, 'Die Nachricht liegt mit neuer Nummer noch einmal bereit.'));
    const taken = m.taken ? (words[m.outcome] ?? m.outcome) + (m.code ? `: ${m.code}` : '') : 'liegt bereit';
    return row('queued', [time(m.from), typeName(m.type), m.sender, m.recipient, taken, again]);
  }));
  byId('rules').replaceChildren(...state.rules.map((r) => row('rules', [typeName(r.type), Object.values(r.when ?? {}).join(', '), r.story ?? words[r.do] ?? r.do])));
}

async function send(wish, done) {
  try {
    const response = await fetch('/api/send', {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Simulator': '1' }, body: JSON.stringify(wish),
    });
    const answer = await response.json();
    if (response.ok) say(done);
    else say(`Das ging nicht: ${answer.code}`, true);
    read();
  } catch {
    say('Der Simulator hat nicht geantwortet.', true);
  }
}

let timer;
async function read() {
  clearTimeout(timer);
  try {
    const response = await fetch('/api/state', { signal: AbortSignal.timeout(3000) });
    if (!response.ok) throw new Error();
    show(await response.json());
    byId('gone').hidden = true;
  } catch {
    byId('gone').hidden = false;
  }
  timer = setTimeout(read, document.hidden ? 5000 : 1000);
}

async function showContent(id) {
  const response = await fetch(`/api/message/${encodeURIComponent(id)}`);
  byId('content').textContent = JSON.stringify(await response.json(), null, 2);
  byId('content').hidden = false;
}

for (const button of document.querySelectorAll('[data-act]')) {
  button.addEventListener('click', () => {
    const id = chosen();
    if (!id) return say('Wählen Sie zuerst eine Nachricht aus.', true);
    const act = button.dataset.act;
    if (act === 'show') return showContent(id);
    if (act === 'reject') return send({ kind: 'reject', message_id: id }, 'Die Nachricht ist abgewiesen.');
    return send({ kind: 'auswertung', message_id: id, do: act === 'taken' ? 'answer' : act }, 'Die Auswertung liegt bereit.');
  });
}

byId('moved_in').value = new Date().toISOString().slice(0, 10);
byId('rueckmeldung').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const kept = form.get('kept') === 'on';
  send({
    kind: event.submitter?.dataset.kind ?? 'rueckmeldung', recipient: `Meldebehörde ${form.get('recipient')}`, from: form.get('from'), kept,
    moved_in: form.get('moved_in'), dwelling_status: kept ? 'H' : 'E', your_dwelling_status: kept ? 'N' : '',
    person: { family_name: form.get('family_name'), given_names: form.get('given_names'), birth_date: form.get('birth_date') },
  }, 'Die Rückmeldung liegt bereit.');
});
read();
