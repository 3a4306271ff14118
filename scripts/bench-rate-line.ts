/** A rater's connection that stays open, cheap enough that the client is never what is measured. */
import { Agent, request } from 'node:http'

export type Post = (place: string, cookie: string, body: object) => Promise<unknown>

/** Posts JSON and reads JSON; throws for anything but success. */
export function openLine(url: string): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const { hostname, port } = new URL(url)
  return (place, cookie, body) =>
    new Promise((resolve, reject) => {
      const bytes = JSON.stringify(body)
      const sending = request(
        {
          agent,
          hostname,
          port,
          path: place,
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(bytes),
            Cookie: cookie,
            Origin: url,
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString()
            if (response.statusCode === 200) resolve(JSON.parse(text))
            else reject(new Error(`${response.statusCode}: ${text.slice(0, 200)}`))
          })
        },
      )
      sending.once('error', reject)
      sending.end(bytes)
    })
}
