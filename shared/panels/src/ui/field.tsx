import {
  createContext,
  forwardRef,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useContext,
  useId,
} from 'react'
import { Icon } from './icon.tsx'

interface FieldIds {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

const FieldContext = createContext<FieldIds | undefined>(undefined)

/** Label, control, help and problem of one value; the control inside takes its id and descriptions from here. */
export function Field({
  label,
  help,
  problem,
  required,
  inline,
  children,
}: {
  label: ReactNode
  help?: ReactNode
  problem?: string | undefined
  required?: boolean
  /** Label after the control on one line, for checkboxes. */
  inline?: boolean
  children: ReactNode
}): ReactNode {
  const id = useId()
  const described = [problem && `${id}-problem`, help && `${id}-help`].filter(Boolean).join(' ')
  const ids: FieldIds = {
    id,
    ...(described ? { 'aria-describedby': described } : {}),
    ...(problem ? { 'aria-invalid': true } : {}),
  }
  return (
    <FieldContext.Provider value={ids}>
      <div className={inline ? 'sx-field sx-field-inline' : 'sx-field'}>
        <label className="sx-field-label" htmlFor={id}>
          {label}
          {required && (
            <span className="sx-field-required" aria-hidden="true">
              {' '}
              *
            </span>
          )}
        </label>
        {children}
        {problem && (
          <div className="sx-field-problem" id={`${id}-problem`}>
            <Icon name="error" /> <span>{problem}</span>
          </div>
        )}
        {help && (
          <div className="sx-field-help" id={`${id}-help`}>
            {help}
          </div>
        )}
      </div>
    </FieldContext.Provider>
  )
}

/** Editors bind keys on the document; this attribute keeps theirs out of our inputs (Lumino looks for it). */
const quiet = { 'data-lm-suppress-shortcuts': 'true' }

export const TextInput = forwardRef<
  HTMLInputElement,
  Omit<InputHTMLAttributes<HTMLInputElement>, 'className'> & { mono?: boolean }
>(function TextInput({ mono, ...rest }, ref) {
  const field = useContext(FieldContext)
  return (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      {...field}
      {...quiet}
      {...rest}
      ref={ref}
      className={mono ? 'sx-input sx-mono' : 'sx-input'}
    />
  )
})

export const TextArea = forwardRef<
  HTMLTextAreaElement,
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className'> & { mono?: boolean }
>(function TextArea({ mono, ...rest }, ref) {
  const field = useContext(FieldContext)
  return (
    <textarea
      spellCheck={false}
      rows={3}
      {...field}
      {...quiet}
      {...rest}
      ref={ref}
      className={mono ? 'sx-input sx-textarea sx-mono' : 'sx-input sx-textarea'}
    />
  )
})

export const Select = forwardRef<HTMLSelectElement, Omit<SelectHTMLAttributes<HTMLSelectElement>, 'className'>>(
  function Select({ children, ...rest }, ref) {
    const field = useContext(FieldContext)
    return (
      <select {...field} {...quiet} {...rest} ref={ref} className="sx-input sx-select">
        {children}
      </select>
    )
  },
)

export function Checkbox(props: Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'type'>): ReactNode {
  const field = useContext(FieldContext)
  return <input {...field} {...quiet} {...props} type="checkbox" className="sx-checkbox" />
}
