import type { SpaceBranch, SpaceEntry } from '@secxops/protocol/search-space/space'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import { DraftInput } from './draft-input.tsx'
import { EntryList } from './entry-list.tsx'
import { freeParameter } from './kinds.ts'
import { NameProblem } from './name-field.tsx'
import { ProblemLines } from './problem-lines.tsx'
import { pathKey, useSpace } from './space-context.ts'

/** Branches of a nested choice, each with its name and its own parameters. */
export function Branches({ entry, branches }: { entry: SpaceEntry; branches: readonly SpaceBranch[] }): ReactNode {
  const { t, edit } = useSpace()
  const names = branches.map(({ name }) => name)
  const add = (): void =>
    edit([
      {
        kind: 'insert',
        into: [...entry.path, '_value'],
        index: branches.length,
        value: { _name: freeParameter('branch', names) },
      },
    ])
  return (
    <div className="sx-space-branches">
      {branches.map((branch, n) => (
        <Branch key={pathKey(branch.path)} entry={entry} branch={branch} n={n + 1} names={names} />
      ))}
      <Button kind="link" icon="add" onClick={add}>
        {t('addBranch')}
      </Button>
    </div>
  )
}

function Branch({
  entry,
  branch,
  n,
  names,
}: {
  entry: SpaceEntry
  branch: SpaceBranch
  n: number
  names: readonly string[]
}): ReactNode {
  const { t, edit, preview } = useSpace()
  const [wrong, setWrong] = useState<string>()
  const rename = (name: string): Parameters<typeof edit>[0] => [
    { kind: 'set', path: [...branch.path, '_name'], value: name },
  ]
  const read = (text: string): string | undefined => {
    const name = text.trim()
    return name === '' || (name !== branch.name && names.includes(name)) ? undefined : name
  }
  return (
    <div className="sx-space-branch">
      <div className="sx-space-branch-head">
        <DraftInput
          mono
          label={t('branch', { n, name: entry.name })}
          value={branch.name}
          read={read}
          preview={(name) => preview(name === undefined ? undefined : rename(name))}
          commit={(name) => edit(rename(name))}
          wrong={setWrong}
        />
        <IconButton
          icon="trash"
          label={t('removeBranch', { name: branch.name })}
          onClick={() => edit([{ kind: 'remove', path: branch.path }])}
        />
      </div>
      <NameProblem wrong={wrong} />
      <ProblemLines path={branch.path} />
      <EntryList into={branch.path} entries={branch.entries} />
    </div>
  )
}
