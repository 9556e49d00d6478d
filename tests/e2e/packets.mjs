// What crossed the emulated line, from the file that `wanderamt demo --packets` writes (pcap).

/** Each direction of each TCP connection: the bytes that arrived, in order and once. */
export function flowsOf(file) {
  const flows = new Map();
  for (let at = 24; at + 16 <= file.length; ) {
    const size = file.readUInt32LE(at + 8), packet = file.subarray(at + 16, at + 16 + size);
    at += 16 + size;
    if (packet[9] !== 6) throw new Error(`a packet of protocol ${packet[9]} crossed the line`);
    const tcp = packet.subarray((packet[0] & 15) * 4, packet.readUInt16BE(2)), data = tcp.subarray((tcp[12] >> 4) * 4);
    const key = `${packet.subarray(12, 20).toString('hex')}:${tcp.readUInt32BE(0)}`, seq = tcp.readUInt32BE(4);
    // A SYN begins a connection, also one on ports that were used before.
    if (tcp[13] & 2) flows.set(`${key}:${seq}`, { first: seq + 1, parts: [] });
    const flow = [...flows].filter(([name]) => name.startsWith(`${key}:`)).at(-1)?.[1];
    if (data.length && flow) flow.parts.push({ at: (seq - flow.first) >>> 0, data });
  }
  return [...flows.values()].map(({ parts }) => {
    let whole = Buffer.alloc(0);
    for (const { at, data } of parts.sort((a, b) => a.at - b.at)) {
      if (at > whole.length) break; // never arrived: the line was cut there
      whole = Buffer.concat([whole.subarray(0, at), data, whole.subarray(at + data.length)]);
    }
    return whole;
  });
}

/** Proves that a direction is TLS records from its first byte on, a handshake first; how many bytes. */
export function tlsRecords(bytes) {
  const [change, alert, handshake, data] = [20, 21, 22, 23];
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) {
    const kind = bytes[at], known = at === 0 ? [handshake, alert] : [change, alert, handshake, data];
    if (!known.includes(kind) || bytes[at + 1] !== 3 || bytes.readUInt16BE(at + 3) > 16640) throw new Error(`not TLS after ${at} of ${bytes.length} bytes: ${bytes.subarray(at, at + 16).toString('hex')}`);
  }
  return bytes.length;
}
