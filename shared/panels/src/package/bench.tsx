import { inspection } from '../fixtures/inspection.ts'
import { moduleInfo } from '../fixtures/library.ts'
import { textLog } from '../fixtures/log-file.ts'
import { failedRun } from '../fixtures/runs.ts'
import { startBench } from '../testing/bench.ts'
import { mountPackage } from './mount.tsx'

const tried = () => {
  const run = failedRun()
  return { ...run, id: 'try1', nodes: run.nodes.filter((node) => node.id === 'train') }
}

startBench(
  (element, fake) => {
    const mounted = mountPackage(element, { host: fake.host, path: inspection.path })
    // A reload in the test: the same host state, a new panel.
    window.addEventListener('bench-remount', () => {
      mounted.dispose()
      const next = document.createElement('div')
      element.replaceWith(next)
      mountPackage(next, { host: fake.host, path: inspection.path })
    })
  },
  () => {
    let exists = false
    return {
      routes: {
        'modules.inspect': () => ({ ...inspection, exists }),
        'modules.write': ({ body }) => {
          exists = true
          return { modulePath: body.modulePath, written: [body.modulePath] }
        },
        'modules.save': () => moduleInfo('train-waf', '1.0.0'),
        'modules.publishCheck': () => ({
          ready: false,
          missing: [
            {
              severity: 'error',
              code: 'no-such-file',
              message: 'There is no Dockerfile beside the module.',
              where: { path: '/project/train' },
              next: [{ kind: 'write-dockerfile', label: 'Write Dockerfile', path: '/project/train/module.yaml' }],
            },
          ],
          baseImage: 'python:3.11-slim',
        }),
        'modules.writeDockerfile': () => ({ path: '/project/train/Dockerfile', text: 'FROM x' }),
        'runs.try': tried,
        'runs.get': tried,
        'runs.log': ({ query }) =>
          textLog(
            () => 'starting\nModuleNotFoundError: x\n',
            () => true,
          )(query ?? {}),
      },
    }
  },
)
