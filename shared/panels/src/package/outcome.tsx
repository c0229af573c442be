import type { Problem } from '@secxops/protocol/errors'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { ProblemList } from '../problems/problem-list.tsx'
import { Button } from '../ui/button.tsx'
import { Banner } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import { PACKAGE } from './text.ts'
import type { PackageActions } from './use-package.ts'

/** What came of Save, Save version, Publish or Write Dockerfile, with the next step as a button. */
export function OutcomeBanner({
  actions,
  hasDockerfile,
}: {
  actions: PackageActions
  hasDockerfile: boolean
}): ReactNode {
  const host = useHost()
  const t = useText(PACKAGE)
  const { outcome, clear } = actions
  if (!outcome) return null
  if (outcome.kind === 'saved' || outcome.kind === 'dockerfile') {
    const file = outcome.path.slice(outcome.path.lastIndexOf('/') + 1)
    return (
      <Banner
        level="info"
        onClose={clear}
        actions={[{ label: t('open', { file }), run: () => host.openFile(outcome.path) }]}
      >
        {outcome.kind === 'saved' ? t('saved', { file }) : t('wroteDockerfile', { file })}
      </Banner>
    )
  }
  if (outcome.kind === 'version') {
    const { name, version, unchanged } = outcome.info
    return (
      <Banner
        level="info"
        onClose={clear}
        actions={[{ label: t('show'), run: () => host.openView({ view: 'module', name, version }) }]}
      >
        {t(unchanged ? 'versionSame' : 'versionSaved', { ref: `${name}@${version}` })}
      </Banner>
    )
  }
  const { check } = outcome
  return (
    <Banner level={check.ready ? 'info' : 'warning'} onClose={clear}>
      {check.ready ? t('publishReady') : t('publishMissing')}
      <ProblemList problems={check.missing.map(withoutButton)} />
      <p>{t('publishBase', { image: check.baseImage })}</p>
      {!hasDockerfile && (
        <Button disabled={actions.action.busy} onClick={actions.writeDockerfile}>
          {t('writeDockerfile')}
        </Button>
      )}
    </Banner>
  )
}

/** The banner has the button itself, which also tells what came of it; the folder where the file is missing is the one that is shown. */
function withoutButton(problem: Problem): Problem {
  if (!problem.next?.some(({ kind }) => kind === 'write-dockerfile')) return problem
  return { ...problem, where: undefined, next: problem.next.filter(({ kind }) => kind !== 'write-dockerfile') }
}
