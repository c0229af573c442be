import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import { LABEL } from './text.ts'

/** What stands in the panel while no text was given to it: how texts come here, and a field for one. */
export function TextEntry({ onText }: { onText(text: string): void }): ReactNode {
  const t = useText(LABEL)
  const [text, setText] = useState('')
  const send = (): void => {
    if (text.trim() !== '') onText(text)
  }
  return (
    <form
      className="sx-label-entry"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Field label={t('text')} help={t('noText')}>
        <TextArea
          rows={6}
          mono
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
          }}
        />
      </Field>
      <div className="sx-actions">
        <Button kind="primary" submit disabled={text.trim() === ''}>
          {t('ask')}
        </Button>
      </div>
    </form>
  )
}
