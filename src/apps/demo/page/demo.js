// The demo page: reads /api/state twice a second and sends what is pressed. No personal data, no storage.
'use strict';

const byId = (id) => document.getElementById(id);
const number = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 });
let last = null; // the counters of the last reading, for the present rate

function bytes(count) {
  if (count < 1000) return `${count} B`;
  if (count < 1e6) return `${number.format(count / 1e3)} kB`;
  return `${number.format(count / 1e6)} MB`;
}

function rate(bits) {
  return bits < 1e6 ? `${number.format(bits / 1e3)} kbit/s` : `${number.format(bits / 1e6)} Mbit/s`;
}

function say(text, refused = false) {
  const said = byId('said');
  said.textContent = text;
  said.classList.toggle('no', refused);
}

async function send(path, wish, done) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Demo': '1' },
      body: JSON.stringify(wish),
    });
    const answer = await response.json();
    if (!response.ok) {
      say(answer.message, true);
      return;
    }
    show(answer);
    say(done);
  } catch {
    say('Die Demo hat nicht geantwortet.', true);
  }
}

function showDirection(id, now, before, seconds) {
  const row = byId(id);
  const moved = before ? now.bytes_delivered - before.bytes_delivered : 0;
  row.querySelector('.rate').textContent = before && seconds > 0 ? rate((moved * 8) / seconds) : '–';
  row.querySelector('meter').value = now.utilisation;
  row.querySelector('.delivered').textContent = `${number.format(now.packets_delivered)} Pakete, ${bytes(now.bytes_delivered)}`;
  row.querySelector('.dropped').textContent = `${number.format(now.packets_dropped)} Pakete`;
  row.querySelector('.queued').textContent = bytes(now.queued_bytes);
}

function showProfiles(state) {
  const select = byId('profile');
  if (select.options.length === 0) {
    for (const profile of state.profiles) select.add(new Option(profile.label, profile.name));
  }
  if (document.activeElement !== select) select.value = state.line.profile ?? '';
}

function showLine(state) {
  const line = state.line;
  const toggle = byId('switch');
  for (const id of ['switch', 'profile', 'new-address']) byId(id).disabled = !line.emulated;
  if (!line.emulated) {
    toggle.setAttribute('aria-checked', 'true');
    byId('switch-word').textContent = 'nicht nachgebildet';
    byId('line-hint').textContent = 'Die Demo läuft mit --no-line: Zentrale und Koffer sind direkt verbunden, die Leitung lässt sich nicht trennen.';
    byId('wire').className = 'wire none';
    return;
  }
  toggle.setAttribute('aria-checked', String(line.connected));
  byId('switch-word').textContent = line.connected ? 'verbunden' : 'getrennt';
  byId('wire').className = line.connected ? 'wire' : 'wire cut';
  byId('address').textContent = line.address;
  showProfiles(state);
  const at = performance.now();
  const recent = last && at - last.at < 5000;
  if (last && at - last.at < 400) return; // too soon for a rate
  for (const id of ['up', 'down']) {
    showDirection(id, line[id], recent ? last[id] : null, recent ? (at - last.at) / 1000 : 0);
  }
  last = { at, up: line.up, down: line.down };
}

function processWord(process) {
  if (!process.running) return ['down', 'steht'];
  if (process.stopping) return ['wait', 'wird beendet'];
  return process.well ? ['up', 'läuft'] : ['wait', 'startet'];
}

function showProcess(process) {
  const card = document.querySelector(`[data-process="${process.name}"]`);
  card.hidden = false;
  const [kind, word] = processWord(process);
  card.classList.remove('up', 'wait', 'down');
  card.classList.add(kind);
  card.querySelector('.word').textContent = word;
  const facts = process.running ? [`Prozess ${process.pid}`] : [];
  if (process.restarts) facts.push(`${process.restarts}-mal neu gestartet`);
  if (process.last_end) facts.push(`endete zuletzt mit ${process.last_end}`);
  card.querySelector('.facts').textContent = facts.join(' · ');
  card.querySelector('.desk').href = process.url;
  const focused = document.activeElement;
  for (const button of card.querySelectorAll('button')) {
    button.disabled = button.dataset.action === 'start' ? process.running : !process.running;
  }
  // Who works by keyboard stays in the card when the pressed button is switched off.
  if (card.contains(focused) && focused.disabled) card.querySelector('button:not(:disabled)').focus();
  const end = document.querySelector(`[data-end="${process.name}"]`);
  if (end) end.className = `end ${process.running ? 'on' : 'off'}`;
}

function showLogins(logins) {
  const body = byId('logins');
  if (body.rows.length === logins.length && logins.length > 0) return;
  body.replaceChildren();
  for (const login of logins) {
    const row = body.insertRow();
    for (const [key, label] of [['place', 'Wo'], ['role', 'Aufgabe'], ['name', 'Name'], ['password', 'Passwort']]) {
      const cell = row.insertCell();
      cell.textContent = login[key];
      cell.dataset.label = label;
      if (key === 'name' || key === 'password') cell.className = 'mono';
    }
  }
  if (logins.length === 0) {
    const cell = body.insertRow().insertCell();
    cell.colSpan = 4;
    cell.textContent = 'Es wurden keine Zugänge angegeben.';
  }
}

function show(state) {
  byId('gone').hidden = true;
  showLine(state);
  for (const process of state.processes) showProcess(process);
  showLogins(state.logins);
}

async function read() {
  try {
    const response = await fetch('/api/state', { signal: AbortSignal.timeout(3000) });
    if (!response.ok) throw new Error();
    show(await response.json());
  } catch {
    byId('gone').hidden = false;
  }
  setTimeout(read, document.hidden ? 2000 : 500);
}

byId('switch').addEventListener('click', () => {
  const connect = byId('switch').getAttribute('aria-checked') !== 'true';
  send('/api/line', { connected: connect }, connect ? 'Die Leitung ist verbunden.' : 'Die Leitung ist getrennt.');
});
byId('profile').addEventListener('change', (event) => {
  const select = event.target;
  send('/api/line', { profile: select.value }, `Die Leitung ist jetzt: ${select.selectedOptions[0].text}.`);
});
byId('new-address').addEventListener('click', () => {
  send('/api/line', { new_address: true }, 'Der Koffer hat eine neue Adresse. Alle offenen Verbindungen sind tot, ohne es zu wissen.');
});
for (const card of document.querySelectorAll('[data-process]')) {
  for (const button of card.querySelectorAll('button')) {
    button.addEventListener('click', () => {
      const words = { kill: 'ist abgestürzt', stop: 'wird beendet', start: 'startet' };
      const name = card.querySelector('h2').textContent;
      send('/api/process', { name: card.dataset.process, action: button.dataset.action }, `${name} ${words[button.dataset.action]}.`);
    });
  }
}
read();
