import { checkSpace } from '@secxops/protocol/search-space/check-space'
import type { SpaceText } from '@secxops/protocol/search-space/space-text'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { useLocale } from '../i18n/text.ts'
import { DocumentView } from '../text-document/document-view.tsx'
import type { DocumentProblem } from '../text-document/problem-rows.tsx'
import type { TextDocument } from '../text-document/text-document.ts'
import { useTextDocument } from '../text-document/use-text-document.ts'
import { SpaceForm } from './space-form.tsx'

/** An empty file does not say itself what it is to be. */
const JSON_FILE: SpaceText = { format: 'json' }
const OTHER_FILE: SpaceText = {}

/** `search_space.json` (or YAML): form and text beside each other. */
export function SpaceView({ document }: { document: TextDocument }): ReactNode {
  const edited = useTextDocument(document)
  const locale = useLocale()
  const { text, state } = edited
  const options = /\.json$/i.test(state.path) ? JSON_FILE : OTHER_FILE
  const problems = useMemo(
    () =>
      checkSpace(text, options).problems.map(
        ({ severity, words, range }): DocumentProblem => ({
          severity,
          message: locale === 'en' ? words.en : words.zh,
          range,
          line: range && text.slice(0, range.start).split('\n').length,
        }),
      ),
    [text, options, locale],
  )
  return (
    <DocumentView edited={edited} problems={problems} actions={null} inForm>
      <SpaceForm edited={edited} options={options} source={state.path.replace(/\/[^/]*$/, '')} />
    </DocumentView>
  )
}
