import { basename } from 'node:path'
import type { DockerfileLine } from '@secxops/protocol/inspect'
import type { ModuleFile } from '@secxops/protocol/module'
import { isModulePath } from '@secxops/protocol/workflow'
import { NOTEBOOK_PACKAGES } from '../environments/service.ts'
import { previewArgv } from './argv.ts'
import { isNotebook, isPython } from './needs-python.ts'

/** `Dockerfile` for `module.yaml`, `NAME.Dockerfile` for `NAME.module.yaml`: neighbours in one folder do not share it. */
export const dockerfileName = (modulePath: string): string => besideName(modulePath, 'Dockerfile')

/** Likewise for a requirements file that has to be written. */
export const requirementsName = (modulePath: string): string => besideName(modulePath, 'requirements.txt')

function besideName(modulePath: string, name: string): string {
  const own = basename(modulePath).replace(/\.?module\.ya?ml$/, '')
  return isModulePath(modulePath) && own ? `${own}.${name}` : name
}

/** Dockerfile of a module, each line with its reason. `files`: paths of the module's sources, for what is copied. */
export function dockerfileLines(module: ModuleFile, baseImage: string, files: string[]): DockerfileLine[] {
  const python = isPython(module)
  const { requirements } = module.environment ?? {}
  const packages = isNotebook(module) ? NOTEBOOK_PACKAGES : []
  const { argv } = previewArgv(module)
  const lines: DockerfileLine[] = [
    {
      text: `ARG BASE_IMAGE=${baseImage}`,
      reason: 'the base is an argument of the build, so that a team can use its own mirror',
    },
    {
      text: 'FROM $BASE_IMAGE',
      reason: python ? 'brings Python and nothing else' : 'brings the shell the command needs',
    },
    { text: 'WORKDIR /module', reason: 'the folder the start command runs in' },
  ]
  if (requirements && files.includes(requirements)) {
    lines.push({
      text: copy([requirements], './'),
      reason: 'requirements before the sources: this layer and the next are rebuilt only when they change',
    })
    lines.push({
      text: `RUN python -m pip install --no-cache-dir -r ${quote(requirements)}${packages.map((name) => ` ${quote(name)}`).join('')}`,
      reason: packages.length
        ? 'what the module imports, and papermill, which runs its notebook'
        : 'what the module imports',
    })
  } else if (packages.length)
    lines.push({
      text: `RUN python -m pip install --no-cache-dir ${packages.map(quote).join(' ')}`,
      reason: 'papermill runs the notebook, ipykernel is its kernel',
    })
  lines.push(
    {
      text: module.files ? copyAll(files, requirements) : 'COPY . .',
      reason: 'the sources last: they change most often',
    },
    {
      text: 'RUN useradd --create-home --uid 10001 module && chown -R module /module',
      reason: 'the module writes in its own folder only',
    },
    { text: 'USER 10001', reason: 'never as root; a number, so that a cluster can check it' },
    {
      text: 'ENV PYTHONUNBUFFERED=1',
      reason: 'log lines appear when they are printed',
    },
    {
      text: `CMD ${JSON.stringify(argv)}`,
      reason: 'the start command with every parameter at its preset value; a run gives its own',
    },
  )
  return python ? lines : lines.filter((line) => !line.text.startsWith('ENV PYTHON'))
}

function copyAll(files: string[], requirements?: string): string {
  const sources = files.filter((file) => file !== requirements)
  const top = [...new Set(sources.map((file) => file.split('/', 1)[0] ?? file))]
  if (sources.every((file) => !file.includes('/'))) return copy(top, './')
  return 'COPY . .'
}

const copy = (sources: string[], target: string): string =>
  sources.length ? `COPY ${JSON.stringify([...sources, target]).replace(/","/g, '", "')}` : 'COPY . .'

const quote = (word: string): string => (/^[\w./=-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`)

/** Text of a Dockerfile with the reason of each line above it. */
export const dockerfileText = (lines: DockerfileLine[]): string =>
  `${lines.map((line) => (line.reason ? `# ${line.reason}\n${line.text}` : line.text)).join('\n\n')}\n`
