// What is sent in `./dev bench line`: three cases taken at the Koffer, and the same records as files for the peers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { takeCase } from '../bench.mjs';

const families = ['Meyerholz', 'Grønlund', 'Çelik', 'Oldenbüttel', 'Přibyl', 'Wübbena', 'Nguyễn', 'Tammenga', 'Świątek', 'Brüggemann', 'Öztürk', 'Harms'];
const givens = ['Traute Elfriede', 'Søren', 'Ayşe', 'Hinrich Johann', 'Jiřina', 'Gesche', 'Thị Lan', 'Okko', 'Małgorzata', 'Ilse', 'Yıldız', 'Enno Wilhelm'];
/** Another invented person for every number: three times the same form would be packed to a third. */
const person = (n) => ({
  family: families[n % 12], given: givens[(n * 7 + Math.floor(n / 12)) % 12], born: `${1931 + (n * 13) % 70}-${String(1 + (n * 5) % 12).padStart(2, '0')}-${String(1 + (n * 11) % 28).padStart(2, '0')}`,
  place: ['Aurich', 'Łódź', 'Leer', 'Kreuzburg', 'Brno', 'Emden'][n % 6], street: ['Dorfstraße', 'Am Deich', 'Mühlenweg', 'Kirchgang'][n % 4], before: 1 + (n * 3) % 90,
});

export const images = 4, imageBytes = 400_000;

/** Takes cases one after the other. Answers with their ids and every record (command) and document as it was
 *  given to the Koffer; a draft stays there. `scans(i)`: how many the i-th has. */
async function takeCases(koffer, tour, first, count, scans, scanBytes = imageBytes) {
  const records = [], documents = [];
  const noted = Object.create(koffer);
  noted.command = (name, payload) => { records.push({ name, payload }); return koffer.command(name, payload); };
  noted.upload = (bytes) => { documents.push(bytes); return koffer.upload(bytes); };
  const ids = [];
  for (let i = 0; i < count; i++)
    ids.push(await takeCase(noted, tour, first + i * 10, { letters: false, scans: scans(i), scanBytes, who: person(first + i) }));
  return { ids, records: records.filter((one) => one.name !== 'draft.save'), documents };
}

/** Three cases with four scans of 400 kB, and all together 18 kB of text after compression. */
export const takeThreeCases = (koffer, tour, first) => takeCases(koffer, tour, first, 3, (i) => (i === 0 ? images - 2 : 1));
/** A day's tour: twelve cases with forty scans. */
export const takeTour = (koffer, tour, first) => takeCases(koffer, tour, first, 12, (i) => (i < 4 ? 4 : 3));
/** Twenty residents of a home, a scan of 150 kB (one page in grey) each. */
export const takeTwentyResidents = (koffer, tour, first) => takeCases(koffer, tour, first, 20, () => 1, 150_000);

export const total = (documents) => documents.reduce((sum, one) => sum + one.length, 0);
/** Text and documents as small as they get: the text by the best compression at hand, the scans as they are. */
export function smallest(records, documents = []) {
  const text = brotliCompressSync(JSON.stringify(records), { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
  return text + total(documents);
}

export function writeMaterial(folder, { records, documents }) {
  for (const part of ['records', 'documents']) mkdirSync(join(folder, part), { recursive: true });
  records.forEach((one, i) => writeFileSync(join(folder, 'records', `${String(i).padStart(3, '0')}.json`), JSON.stringify(one)));
  documents.forEach((one, i) => writeFileSync(join(folder, 'documents', `scan${String(i).padStart(3, '0')}.jpg`), one));
}

/** What both signatures of a command take: they are random, and part of what has to arrive. */
export const signatureBytes = 128;

/** Many small commands, as many at once as a browser would have requests. */
export async function giveCommands(koffer, appointment, count) {
  const records = [];
  const states = ['done', 'not_met', 'refused'];
  const one = async (i) => {
    const payload = { appointment_id: appointment, state: states[i % 3], note: `Zimmer ${i % 40}` };
    records.push({ name: 'appointment.mark', payload });
    await koffer.command('appointment.mark', payload);
  };
  for (let i = 0; i < count; i += 16) await Promise.all(Array.from({ length: Math.min(16, count - i) }, (_, k) => one(i + k)));
  return { records };
}
