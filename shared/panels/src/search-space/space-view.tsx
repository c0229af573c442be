import type { SpaceText } from '@secxops/protocol/search-space/space-text'
import type { ReactNode } from 'react'
import { DocumentView } from '../text-document/document-view.tsx'
import type { TextDocument } from '../text-document/text-document.ts'
import { useTextDocument } from '../text-document/use-text-document.ts'
import { SpaceForm } from './space-form.tsx'
import { useSpaceProblems } from './space-problems.ts'

/** An empty file does not say itself what it is to be. */
const JSON_FILE: SpaceText = { format: 'json' }
const OTHER_FILE: SpaceText = {}

/** `search_space.json` (or YAML): form and text beside each other. */
export function SpaceView({ document }: { document: TextDocument }): ReactNode {
  const edited = useTextDocument(document)
  const { text, state } = edited
  const options = /\.json$/i.test(state.path) ? JSON_FILE : OTHER_FILE
  const problems = useSpaceProblems(text, options)
  return (
    <DocumentView edited={edited} problems={problems} inForm>
      <SpaceForm edited={edited} options={options} source={state.path.replace(/\/[^/]*$/, '')} />
    </DocumentView>
  )
}
