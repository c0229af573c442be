import { homedir, hostname, release, userInfo } from 'node:os'
import { errorBody } from '@secxops/panels/ui/error-body'
import type { DoctorReport } from '@secxops/protocol/api'
import { env, extensions, l10n, ProgressLocation, version, window, workspace } from 'vscode'
import type { Backend } from '../connection/backend.ts'
import { runBackend } from '../connection/daemon.ts'
import { findProgram } from '../connection/find-program.ts'
import type { Core } from '../core.ts'
import { redact } from './redact.ts'

/** Writes what helps to find out why something does not work into an untitled document, without credentials and names. */
export async function diagnose(core: Core): Promise<void> {
  const title = l10n.t('Checking the backend, Node, Python and the editor')
  const report = await window.withProgress({ location: ProgressLocation.Window, title }, () => gather(core))
  const names = [userInfo().username, hostname()]
  const content = redact(report, { home: homedir(), names })
  const document = await workspace.openTextDocument({ language: 'markdown', content })
  await window.showTextDocument(document)
}

async function gather(core: Core): Promise<string> {
  const backend = await core.backend()
  const { packageJSON } = core.context.extension
  const python = extensions.getExtension('ms-python.python')
  const jupyter = extensions.getExtension('ms-toolsai.jupyter')
  const { versions, platform, arch, execPath } = process
  const doctor = await doctorOf(core, backend)
  const parts: [string, string[]][] = [
    [
      'Editor',
      [
        `${env.appName} ${version}, language ${env.language}, ${env.remoteName ? `remote (${env.remoteName})` : 'local'}`,
        `SecXOps ${packageJSON.version}`,
        `extension host: ${execPath}, Node ${versions.node}, SQLite ${versions.sqlite ?? 'unknown'}${versions.electron ? `, Electron ${versions.electron}` : ''}`,
        `${platform} ${arch}, ${release()}`,
        `Python extension ${python?.packageJSON.version ?? 'not installed'}, Jupyter extension ${jupyter?.packageJSON.version ?? 'not installed'}`,
        `folders open: ${workspace.workspaceFolders?.length ?? 0}, ${workspace.isTrusted ? 'trusted' : 'Restricted Mode'}`,
      ],
    ],
    ['Settings that are set', settingLines()],
    ['Backend', [JSON.stringify(backend.state, null, 2), JSON.stringify(backend.client.connection)]],
    ['What the backend needs', doctor],
  ]
  const head = `# SecXOps: diagnosis\n\nCredentials, names and the home folder are left out. ${new Date().toISOString()}\n`
  return [head, ...parts.map(([name, lines]) => `## ${name}\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`)].join('\n')
}

function settingLines(): string[] {
  const values = workspace.getConfiguration('secxops')
  const keys = ['server.url', 'nodePath', 'python', 'home', 'baseImage', 'maxParallel', 'backendPath']
  const lines = keys.flatMap((key) => {
    const value = values.inspect(key)?.globalValue
    return value === undefined ? [] : [`secxops.${key}: ${JSON.stringify(value)}`]
  })
  return lines.length > 0 ? lines : ['none']
}

/** Findings of `secxops doctor`: asked of the backend where it answers, else of its program. */
async function doctorOf(core: Core, backend: Backend): Promise<string[]> {
  try {
    return linesOf(await backend.client.call('doctor.get', {}))
  } catch (error) {
    const { message, cause } = errorBody(error)
    const why = [message, ...(cause ? [cause] : [])]
    try {
      const { stdout, stderr } = await runBackend(await findProgram(core.context), ['doctor'])
      return [...why, '', stdout, stderr]
    } catch (second) {
      const { message: other, cause: reason } = errorBody(second)
      return other === message ? why : [...why, other, ...(reason ? [reason] : [])]
    }
  }
}

const linesOf = ({ checks }: DoctorReport): string[] =>
  checks.flatMap(({ name, ok, detail, fix }) => [
    `${ok ? 'ok  ' : 'FAIL'}  ${name}: ${detail}`,
    ...(fix ? [`      next: ${fix}`] : []),
  ])
