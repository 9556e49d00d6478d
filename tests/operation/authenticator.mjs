// An authenticator in software: what a browser hands over for a passkey (WebAuthn, ES256), to ask the API without a browser.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const text = (bytes) => Buffer.from(bytes).toString('base64url');
const present = 0x01, verified = 0x04, attested = 0x40;

export class Authenticator {
  constructor(url) {
    this.origin = url;
    this.keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.credential = randomBytes(16);
    this.count = 0;
  }
  /** The public key as COSE_Key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
  get cose() {
    const { x, y } = this.keys.publicKey.export({ format: 'jwk' });
    return Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')]);
  }
  data(flags, ...more) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++this.count);
    return Buffer.concat([sha256(new URL(this.origin).hostname), Buffer.from([flags]), count, ...more]);
  }
  answer(type, challenge, authenticatorData, more = () => ({})) {
    const clientData = Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
    const id = text(this.credential);
    return { type: 'public-key', id, rawId: id, response: { clientDataJSON: text(clientData), authenticatorData: text(authenticatorData), ...more(clientData) } };
  }
  /** A new passkey, for the options of a registration. */
  create({ challenge }) {
    const model = Buffer.alloc(16), length = Buffer.from([0, this.credential.length]);
    return this.answer('webauthn.create', challenge, this.data(present | verified | attested, model, length, this.credential, this.cose));
  }
  /** A sign-in with it. */
  get({ challenge }) {
    const data = this.data(present | verified);
    return this.answer('webauthn.get', challenge, data, (clientData) => ({ signature: text(sign('sha256', Buffer.concat([data, sha256(clientData)]), this.keys.privateKey)) }));
  }
}
