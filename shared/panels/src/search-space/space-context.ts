import type { Json } from '@secxops/protocol/json'
import type { SpaceEdit } from '@secxops/protocol/search-space/apply-edit'
import { checkSpace, type TextOptions } from '@secxops/protocol/search-space/check-space'
import { editSpaceText } from '@secxops/protocol/search-space/edit-space'
import type { SpaceCheck, SpacePath, SpaceProblem, Words } from '@secxops/protocol/search-space/space'
import { readYaml } from '@secxops/protocol/yaml-read'
import { createContext, useContext, useMemo, useState } from 'react'
import { useLocale, useText } from '../i18n/text.ts'
import type { Translate } from '../i18n/translate.ts'
import type { EditedText } from '../text-document/use-text-document.ts'
import { SPACE } from './text.ts'

/** What the parts of the form share. */
export interface SpaceForm {
  check: SpaceCheck
  t: Translate<typeof SPACE>
  words(words: Words): string
  /** Does edits as one undo step. */
  edit(edits: SpaceEdit[]): void
  /** Shows what edits would make; undefined: nothing. */
  preview(edits: SpaceEdit[] | undefined): void
  /** What stands at a path of the space. */
  valueAt(path: SpacePath): Json | undefined
  /** Problems at an entry or branch, not of those below it. */
  problemsAt(path: SpacePath): SpaceProblem[]
  /** Entry whose name takes the focus when it appears. */
  fresh: string | undefined
  setFresh(path: SpacePath | undefined): void
}

export const SpaceContext = createContext<SpaceForm | undefined>(undefined)

export function useSpace(): SpaceForm {
  const form = useContext(SpaceContext)
  if (!form) throw new Error('a part of a search space stands outside of its form')
  return form
}

export const pathKey = (path: SpacePath): string => JSON.stringify(path)

/** The form of the space that stands in a text; `options`: where and as what. */
export function useSpaceForm({ text, commit, preview }: EditedText, options: TextOptions): SpaceForm {
  const t = useText(SPACE)
  const locale = useLocale()
  const check = useMemo(() => checkSpace(text, options), [text, options])
  const [fresh, setFresh] = useState<string>()
  return useMemo(() => {
    const places = [...owners(check)]
    const at = options.at ?? []
    const root = readYaml(text).tree?.value
    const valueAt = (path: SpacePath): Json | undefined =>
      [...at, ...path].reduce<Json | undefined>(
        (value, key) =>
          typeof value === 'object' && value !== null && Object.hasOwn(value, key)
            ? (value as Record<string | number, Json>)[key]
            : undefined,
        root,
      )
    return {
      check,
      t,
      words: ({ en, zh }) => (locale === 'en' ? en : zh),
      edit: (edits) => commit((now) => editSpaceText(now, edits, options)),
      preview: (edits) => preview(edits && ((now) => editSpaceText(now, edits, options))),
      valueAt,
      problemsAt: (path) => check.problems.filter((problem) => ownerOf(problem.path, places) === pathKey(path)),
      fresh,
      setFresh: (path) => setFresh(path && pathKey(path)),
    }
  }, [check, t, locale, commit, preview, options, text, fresh])
}

/** Paths that have a place of their own in the form, outer ones first. */
function* owners({ entries }: SpaceCheck): Generator<SpacePath> {
  const walk = function* (list: SpaceCheck['entries']): Generator<SpacePath> {
    for (const { path, branches } of list) {
      yield path
      for (const branch of branches ?? []) {
        yield branch.path
        yield* walk(branch.entries)
      }
    }
  }
  yield []
  yield* walk(entries)
}

const ownerOf = (path: SpacePath, places: readonly SpacePath[]): string => {
  const holds = (place: SpacePath): boolean => place.every((step, i) => step === path[i])
  return pathKey(places.findLast(holds) ?? [])
}
