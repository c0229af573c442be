import type { RouteOutput } from '@secxops/protocol/api'
import type { Problem } from '@secxops/protocol/errors'
import type { Json } from '@secxops/protocol/json'
import { createContext, useContext } from 'react'
import type { Translate } from '../i18n/translate.ts'
import type { EditedText } from '../text-document/use-text-document.ts'
import { setAt, valueAt } from './set-at.ts'
import type { EDITOR } from './text.ts'

/** What the parts of the form share. */
export interface ExperimentForm {
  t: Translate<typeof EDITOR>
  edited: EditedText
  /** The whole file as data. */
  root: Json
  check: RouteOutput<'experiments.check'> | undefined
  /** Findings of the backend, in the language of the host. */
  problems: readonly Problem[]
}

export const FormContext = createContext<ExperimentForm | undefined>(undefined)

export function useForm(): ExperimentForm {
  const form = useContext(FormContext)
  if (!form) throw new Error('a part of an experiment stands outside of its form')
  return form
}

export interface FieldOf {
  value: Json | undefined
  /** Undefined removes it. */
  set(value: Json | undefined): void
  preview(value: Json | undefined): void
  cancel(): void
  /** What is wrong with it, in one text. */
  problem: string | undefined
}

/** One value of the file. `deep`: problems below it are its own. */
export function useFieldOf(path: readonly string[], deep = true): FieldOf {
  const { edited, root, problems } = useForm()
  const field = path.join('.')
  const mine = problems.filter(
    ({ severity, where }) =>
      severity === 'error' && (where?.field === field || (deep && where?.field?.startsWith(`${field}.`))),
  )
  return {
    value: valueAt(root, path),
    set: (value) => edited.commit((text) => setAt(text, path, value)),
    preview: (value) => edited.preview((text) => setAt(text, path, value)),
    cancel: () => edited.preview(undefined),
    problem: mine.length > 0 ? mine.map(({ message }) => message).join(' ') : undefined,
  }
}
