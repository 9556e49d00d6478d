// What a nursing home visit brings: the form, a scan of several pages, a signature.
import { execFileSync } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';

const german = (fields) => ({ country_foreign: '000', ...fields });

/** P01 of one adult with a name full of DIN 91379 letters, from another municipality. */
export function registrationForm({ movedIn, streetKey = '00101', houseNo = 3, who = {} }) {
  const { family = 'Łącka-M̂ẖőỳ', given = 'Wéronika Zoë', born = '1941-04-03', place = 'Łódź', serial = 'LZ6311T47', street = 'Dorfstraße', before = 7 } = who;
  return {
    exemption: 'none',
    persons: [{
      family_role: 'head',
      person: {
        family_name: family, given_names: given, rufname_index: 1, birth_date: born, birth_place: place,
        birth_country: '152', sex: 'w', nationalities: ['000'], religion: 'rk', marital_status: 'VW',
      },
      id_documents: [{ doc_type: 'PA', serial, issuing_authority: 'Stadt Musterstedt', valid_until: '2031-08-01', seen_original: true }],
    }],
    new_dwelling: german({ ags: '99001001', postcode: '99101', city: 'Testhausen', street_key: streetKey, house_no: houseNo }),
    dwelling_kind: 'care_home',
    moved_in: movedIn,
    previous_kind: 'germany',
    previous_dwelling: german({ ags: '99001002', postcode: '99102', city: 'Musterstedt', street, house_no: before }),
    previous_kept: false,
    previous_moved_out: movedIn,
    other_dwellings_asked: true,
    lessor: {
      lessor_form: 'paper', lessor_name: 'Haus Birkengrund gGmbH',
      lessor_address: german({ ags: '99001001', postcode: '99101', city: 'Testhausen', street: 'Birkengrund', house_no: 4 }),
      lessor_moved_in: movedIn, lessor_persons: [{ family_name: family, given_names: given }],
    },
    signer: 'person',
    delivery: 'hand',
    privacy_notice_given: true,
  };
}

/** Who signs such a form: the whole name, as the page puts it. */
export const signerOf = ({ persons: [{ person }] }) => `${person.given_names} ${person.family_name}`;

/** A page as a scanner gives it: a JPEG's beginning with its size (A4, 150 dpi), incompressible, about 110 kB; the same each time. */
export function scanPage(page, size = 110_000) {
  const bytes = Buffer.alloc(size);
  let state = 0x9e3779b9 ^ page;
  for (let i = 0; i < size; i++) {
    state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
    bytes[i] = state & 0xff;
  }
  const frame = [0xff, 0xc0, 0, 11, 8, 1754 >> 8, 1754 & 0xff, 1240 >> 8, 1240 & 0xff, 1, 1, 0x11, 0];
  Buffer.from([0xff, 0xd8, ...frame, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]).copy(bytes);
  return bytes;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]), out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A signature of one stroke as PNG. */
export function signaturePng(width = 400, height = 120) {
  const rows = [];
  for (let y = 0; y < height; y++) {
    const row = Buffer.alloc(width + 1, 255);
    row[0] = 0;
    for (let x = 20; x < width - 20; x++) if (Math.abs(y - (60 + 30 * Math.sin(x / 17))) < 2) row[x + 1] = 20;
    rows.push(row);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0); head.writeUInt32BE(height, 4); head[8] = 8;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))]);
}

export function pdfText(pdf) {
  const folder = mkdtempSync(join(tmpdir(), 'wanderamt-pdf-'));
  try {
    writeFileSync(join(folder, 'letter.pdf'), pdf);
    return execFileSync('pdftotext', ['-layout', join(folder, 'letter.pdf'), '-'], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
