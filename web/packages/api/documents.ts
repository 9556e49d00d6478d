// Documents go up as raw bytes and are named by their SHA-256.
import { noAnswer, readAnswer } from './http'

export interface Uploaded {
  hash: string
  size: number
}

/** Uploads a file. `progress` hears the share that has left, 0 to 1. */
export function upload(file: Blob & { name?: string }, progress?: (share: number) => void): Promise<Uploaded> {
  const address = `/api/documents?name=${encodeURIComponent(file.name ?? 'dokument')}&media_type=${encodeURIComponent(file.type)}`
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open('PUT', address)
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
