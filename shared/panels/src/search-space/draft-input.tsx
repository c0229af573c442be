import { type ReactNode, useEffect, useRef, useState } from 'react'
import { TextInput } from '../ui/field.tsx'

/** Characters that a field grows to. */
const WIDEST = 24

/**
 * A field whose value is an edit of a document: what is typed is shown at once by `preview` and done when the field is left or Enter is
 * pressed. `read` answers undefined for what is not lawful; it stays in the field until it is mended ({@link findUnlawful}). Escape takes it back.
 */
export function DraftInput<T>({
  value,
  read,
  label,
  preview,
  commit,
  mono,
  placeholder,
  focus,
  wrong,
  size,
  list,
}: {
  value: string
  read(text: string): T | undefined
  label: string
  /** undefined: nothing is under way. */
  preview(value: T | undefined): void
  commit(value: T): void
  mono?: boolean
  placeholder?: string
  /** Takes the focus when it appears, all of it selected. */
  focus?: boolean
  /** Told when what stands in the field is lawful or not. */
  wrong?(text: string | undefined): void
  /** Least width in characters; it grows with what stands there. */
  size?: number
  /** Id of a list of proposals. */
  list?: string | undefined
}): ReactNode {
  /** With what stood there before: meanwhile `value` follows the preview. */
  const [draft, setDraft] = useState<{ text: string; before: string }>()
  const typed = draft?.text
  const input = useRef<HTMLInputElement>(null)
  const invalid = typed !== undefined && read(typed) === undefined
  useEffect(() => {
    if (focus) input.current?.select()
  }, [focus])
  const finish = (): void => {
    if (typed === undefined) return
    const result = read(typed)
    if (result === undefined) return
    setDraft(undefined)
    wrong?.(undefined)
    if (typed === draft?.before) preview(undefined)
    else commit(result)
  }
  return (
    <TextInput
      ref={input}
      mono={mono}
      value={typed ?? value}
      aria-label={label}
      title={label}
      placeholder={placeholder}
      {...(invalid && { 'aria-invalid': true, 'data-unlawful': true })}
      size={size && Math.max(size, Math.min(WIDEST, (typed ?? value).length))}
      list={list}
      onChange={({ target }) => {
        setDraft({ text: target.value, before: draft?.before ?? value })
        const result = read(target.value)
        wrong?.(result === undefined ? target.value : undefined)
        preview(result)
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish()
        if (event.key !== 'Escape' || typed === undefined) return
        event.stopPropagation()
        setDraft(undefined)
        wrong?.(undefined)
        preview(undefined)
      }}
    />
  )
}

/** The first field of a form with something that could not be written into the document; undefined: all of it is written. */
export const findUnlawful = (form: ParentNode | null): HTMLInputElement | undefined =>
  form?.querySelector<HTMLInputElement>('input[data-unlawful]') ?? undefined
