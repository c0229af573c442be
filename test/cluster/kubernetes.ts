import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureGoProgram, programPath } from './go-program.ts'

const NAME = 'kubernetes'
const VERSION = 'k8s.io/component-base/version'

/** All parts of Kubernetes and kubectl in one program, which is the part under whose name it is started. */
export const KUBERNETES_PROGRAM = programPath(NAME)

/** Version of Kubernetes as `kubernetes/go.mod` requires it, like `v1.2.3`. */
export function kubernetesVersion(): string {
  const file = join(import.meta.dirname, NAME, 'go.mod')
  const version = /^(?:require )?\s*k8s\.io\/kubernetes (v\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1]
  if (!version) throw new Error(`${file} does not require k8s.io/kubernetes`)
  return version
}

export function ensureKubernetes(say: (line: string) => void): Promise<string | undefined> {
  const version = kubernetesVersion()
  const [major = '', minor = ''] = version.slice(1).split('.')
  // Built from modules, the parts do not know their version.
  const settings = {
    [`${VERSION}.gitVersion`]: version,
    [`${VERSION}.gitMajor`]: major,
    [`${VERSION}.gitMinor`]: minor,
    [`${VERSION}.gitTreeState`]: 'clean',
    [`${VERSION}.gitCommit`]: '0'.repeat(40),
    [`${VERSION}.buildDate`]: '2026-01-01T00:00:00Z',
  }
  return ensureGoProgram({ name: NAME, package: '.', settings }, say)
}
