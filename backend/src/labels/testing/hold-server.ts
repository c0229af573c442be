import { LocalServer } from '../servers/local-server.ts'
import { serverPlace } from './real-environments.ts'

// A program of its own for a test that kills it: starts the embedder at the socket it is given and tells when it serves.

const { environments, logs } = serverPlace()
const socket = process.argv[2] ?? ''
const server = new LocalServer(
  { name: 'embedder', title: 'The embedder', socket: () => socket, args: () => [] },
  { environments, logs },
)
await server.use(async () => {
  process.stdout.write('serves\n')
  await new Promise(() => setInterval(() => undefined, 1000))
})
