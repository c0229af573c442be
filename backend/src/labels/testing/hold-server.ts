import { LocalServer } from '../servers/local-server.ts'
import { serverPlace } from './real-environments.ts'

// A program of its own for a test that kills it: starts the embedder in the home and at the socket it is given, and tells when it serves.

const [, , root, socket = ''] = process.argv
const { environments, logs } = serverPlace(root)
const server = new LocalServer(
  { name: 'embedder', title: 'The embedder', socket: () => socket, args: () => [] },
  { environments, logs },
)
await server.use(async () => {
  process.stdout.write('serves\n')
  await new Promise(() => setInterval(() => undefined, 1000))
})
