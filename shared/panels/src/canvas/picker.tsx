import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { TextInput } from '../ui/field.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useCanvas } from './canvas.ts'

export interface Choice {
  id: string
  label: string
  detail?: string
  icon?: IconName
  /** Why it cannot be chosen, in words; it stays in the list so that the reason can be read. */
  refused?: string | undefined
  choose(): void
}

/** A list to search in and choose from, by keys or pointer; what is typed must occur in order of its words. */
export function Picker({ label, choices, empty }: { label: string; choices: Choice[]; empty: string }): ReactNode {
  const canvas = useCanvas()
  const id = useId()
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = choices.filter((choice) => {
    const hay = `${choice.label} ${choice.detail ?? ''}`.toLowerCase()
    return words.every((word) => hay.includes(word))
  })
  const at = Math.min(index, Math.max(0, shown.length - 1))
  const choose = (choice: Choice | undefined): void => {
    if (!choice) return
    if (choice.refused) canvas.announce(choice.refused)
    else choice.choose()
  }
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setIndex((at + 1) % Math.max(1, shown.length))
    else if (event.key === 'ArrowUp') setIndex((at - 1 + shown.length) % Math.max(1, shown.length))
    else if (event.key === 'Enter') choose(shown[at])
    else return
    event.preventDefault()
  }
  return (
    <div className="sx-picker">
      <TextInput
        data-sx-first
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
        placeholder={canvas.t('search')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setIndex(0)
        }}
        onKeyDown={keyDown}
      />
      {shown.length === 0 && <p className="sx-picker-empty sx-dim">{empty}</p>}
      <div className="sx-picker-list" role="listbox" id={`${id}-list`} aria-label={label}>
        {shown.map((choice, row) => (
          <div
            key={choice.id}
            id={`${id}-${row}`}
            role="option"
            tabIndex={-1}
            aria-selected={row === at}
            aria-disabled={choice.refused ? true : undefined}
            className="sx-picker-row"
            ref={(element) => {
              if (row === at) element?.scrollIntoView?.({ block: 'nearest' })
            }}
            onPointerMove={() => row !== at && setIndex(row)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
            onKeyDown={keyDown}
          >
            {choice.icon && <Icon name={choice.icon} />}
            <span className="sx-picker-label sx-ellipsis">{choice.label}</span>
            {(choice.refused ?? choice.detail) && (
              <span className={`sx-picker-detail${choice.refused ? '' : ' sx-ellipsis'}`}>
                {choice.refused ?? choice.detail}
              </span>
            )}
          </div>
        ))}
      </div>
    </div>
  )
}
