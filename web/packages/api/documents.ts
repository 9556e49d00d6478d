// Documents go up as raw bytes and are named by their SHA-256.
import { noAnswer, readAnswer, request } from './http'

export interface Uploaded {
  hash: string
  size: number
  /** As the server reads it from the content. */
  media_type: 'application/pdf' | 'image/jpeg' | 'image/png'
  /** At a Koffer: a small picture of a scan, to be named when it is attached. */
  preview?: string
}

/** Makes a letter of a case as PDF and keeps it there; answers with its hash. */
export async function makeLetter(name: string, caseId: string): Promise<string> {
  const { hash } = await request('POST', `/api/letters/${name}`, { body: { case_id: caseId } })
  return hash
}

/** Uploads a file. `progress` hears the share that has left, 0 to 1. */
export function upload(file: Blob, progress?: (share: number) => void): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    // The name of a file may name a person: it never stands in an address.
    sending.open('PUT', '/api/documents')
    sending.setRequestHeader('X-Wanderamt', '1')
    sending.setRequestHeader('Content-Type', file.type || 'application/octet-stream')
    sending.upload.onprogress = (event) => event.lengthComputable && progress?.(event.loaded / event.total)
    const settle = (read: () => Uploaded) => {
      try {
        resolve(read())
      } catch (problem) {
        reject(problem)
      }
    }
    sending.onload = () => settle(() => readAnswer(sending.status, sending.responseText))
    sending.onerror = sending.ontimeout = () => settle(noAnswer)
    sending.send(file)
  })
}

/** Address of a document as part of a case (the read is checked and journalled there). */
export function documentUrl(hash: string, caseId: string): string {
  return `/api/documents/${hash}?case=${encodeURIComponent(caseId)}`
}
