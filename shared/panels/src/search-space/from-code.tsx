import type { SpaceProposal } from '@secxops/protocol/experiments'
import { isMap } from '@secxops/protocol/json'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Checkbox, Field, TextInput } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { useAction } from '../view/use-action.ts'
import { choiceText } from './choice-text.ts'
import { useSpace } from './space-context.ts'

/** Proposals of what code reads, to be ticked. */
export function FromCode({ source, close }: { source: string; close(): void }): ReactNode {
  const host = useHost()
  const { t, edit, valueAt } = useSpace()
  const [path, setPath] = useState(source)
  const [proposals, setProposals] = useState<SpaceProposal[]>()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const action = useAction()
  const known = (name: string): boolean => {
    const space = valueAt([])
    return isMap(space) && Object.hasOwn(space, name)
  }
  const find = (): void =>
    action.run(async () => {
      const answer = await host.client.call('experiments.fromCode', { body: { path } })
      setProposals(answer.proposals)
      setTicked(new Set(answer.proposals.filter(({ name }) => !known(name)).map(({ name }) => name)))
    })
  const browse = (): void =>
    action.run(async () => {
      const picked = await host.pickPath({ title: t('source') })
      if (picked !== null) setPath(picked)
    })
  const chosen = (proposals ?? []).filter(({ name }) => ticked.has(name))
  const add = (): void => {
    edit(chosen.map(({ name, entry }) => ({ kind: 'set', path: [name], value: { ...entry } })))
    close()
  }
  return (
    <div className="sx-space-code">
      <Field label={t('source')} help={t('sourceHelp')}>
        <div className="sx-space-source">
          <TextInput mono value={path} onChange={({ target }) => setPath(target.value)} />
          <Button onClick={browse}>{t('browse')}</Button>
          <Button kind="primary" disabled={action.busy || path === ''} onClick={find}>
            {t('find')}
          </Button>
        </div>
      </Field>
      {action.error && <ErrorView error={action.error} />}
      {proposals?.length === 0 && <p className="sx-dim">{t('noProposals')}</p>}
      {proposals && proposals.length > 0 && (
        <>
          <ul className="sx-space-proposals">
            {proposals.map((one) => (
              <Proposal
                key={one.name}
                proposal={one}
                known={known(one.name)}
                ticked={ticked.has(one.name)}
                tick={(on) =>
                  setTicked(new Set(on ? [...ticked, one.name] : [...ticked].filter((x) => x !== one.name)))
                }
              />
            ))}
          </ul>
          <Button kind="primary" disabled={chosen.length === 0} onClick={add}>
            {t('addTicked', { n: chosen.length })}
          </Button>
        </>
      )}
    </div>
  )
}

function Proposal({
  proposal,
  known,
  ticked,
  tick,
}: {
  proposal: SpaceProposal
  known: boolean
  ticked: boolean
  tick(on: boolean): void
}): ReactNode {
  const host = useHost()
  const { t } = useSpace()
  const { name, entry, why, path, line } = proposal
  return (
    <li>
      <Field inline label={<span className="sx-mono">{name}</span>}>
        <Checkbox checked={ticked} onChange={({ target }) => tick(target.checked)} />
      </Field>
      <span className="sx-mono">
        {entry._type}({choiceText(entry._value) ?? JSON.stringify(entry._value)})
      </span>
      <span className="sx-dim">{known ? t('thereAlready') : why}</span>
      <IconButton icon="open" label={why} onClick={() => host.openFile(path, line === undefined ? {} : { line })} />
    </li>
  )
}
