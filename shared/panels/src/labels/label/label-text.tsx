import type { BaseSummary, LabelPath, Suggestion, TextSource } from '@secxops/protocol/labels'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { useHost } from '../../ui/host-context.ts'
import { Section } from '../../view/section.tsx'
import { Alternatives } from '../answer/alternatives.tsx'
import { Levels, samePath } from '../answer/levels.tsx'
import { Sureness } from '../answer/sureness.tsx'
import { Why } from '../answer/why.tsx'
import { plainLine } from '../marked.ts'
import { LabelPicker } from '../picker/label-picker.tsx'
import { LABELS } from '../text.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { useTaxonomy } from '../use-taxonomy.ts'
import { BaseNote } from './base-note.tsx'
import { KeyHints } from './key-hints.tsx'
import { Outcome } from './outcome.tsx'
import { ShownText } from './shown-text.tsx'
import { LABEL } from './text.ts'
import type { Decisions } from './use-decisions.ts'
import { useSuggestion } from './use-suggestion.ts'
import { Waiting } from './waiting.tsx'

/** One text, what the base says of it, and the choice of a label, all by keys from one field. */
export function LabelText({
  base,
  text,
  source,
  decisions,
}: {
  base: BaseSummary
  text: string
  source: TextSource | undefined
  decisions: Decisions
}): ReactNode {
  const host = useHost()
  const t = useText(LABEL)
  const labels = useText(LABELS)
  const { tree, query } = useTaxonomy(base.name)
  const asked = useSuggestion(answers(base) ? base.name : undefined, text)
  const { answer } = asked
  /** Undefined until the user has touched the choice; a touched one may be empty. */
  const [touched, touch] = useState<{ path: LabelPath | undefined }>()
  const choice = touched ? touched.path : startOf(answer)
  const input = useRef<HTMLInputElement>(null)
  const root = useRef<HTMLElement>(null)
  const { last } = decisions
  const mine = last?.decision.text === text && last.decision.base === base.name ? last : undefined
  const done = mine?.stands === true && samePath(mine.decision.path, choice)
  const known = tree !== undefined
  useEffect(() => {
    if (known && root.current?.closest('.sx-label')?.contains(document.activeElement)) input.current?.focus()
  }, [known])

  const choose = (path: LabelPath | undefined): void => touch({ path })
  const accept = (): void => {
    if (choice && !done)
      decisions.accept({ base: base.name, text, path: choice, ...(source ? { source } : {}) }, answer)
  }
  const undo = (): void => {
    if (!decisions.undo()) host.notify('info', t('nothingToUndo'))
  }
  const digit = (n: number): boolean => {
    const path = answer?.alternatives[n - 1]?.path
    if (path) choose(path)
    return path !== undefined
  }
  /** Keys for what has none of its own: the panel itself, and buttons. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event
    if (!(target instanceof HTMLElement) || target.matches('input, select, textarea')) return
    const undoing = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
    if (undoing) undo()
    else if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return
    else if (!digit(Number(event.key))) return
    event.preventDefault()
  }
  const levels = tree?.taxonomy.levels ?? []
  return (
    <section className="sx-label-body" aria-label={t('title')} ref={root} onKeyDown={onKeyDown}>
      <div className="sx-label-answer">
        <ShownText text={text} source={source} />
        <BaseNote base={base} emptyTree={tree?.taxonomy.nodes.length === 0} />
        {asked.error && <ErrorView error={asked.error} onRetry={asked.again} />}
        <Section title={t('answer')}>
          {answer && <Sureness answer={answer} choice={choice} />}
          {answer?.decided && (
            <p className="sx-dim">
              {t('decided', { path: plainLine(answer.decided.path.join(SEPARATOR)), by: answer.decided.by })}
            </p>
          )}
          {!answer && answers(base) && !asked.error && <Waiting base={base.name} depth={base.depth} />}
          {choice && <Levels path={choice} answer={answer} levels={levels} onChoose={choose} />}
          {!choice && (answer || !answers(base) || asked.error) && <p className="sx-dim">{t('nothingChosen')}</p>}
        </Section>
        <div className="sx-label-accept">
          <Button
            kind="primary"
            icon="check"
            disabled={!choice || done || decisions.action.busy}
            title={choice && plainLine(choice.join(SEPARATOR))}
            onClick={accept}
          >
            {choice ? t('acceptThis', { name: plainLine(choice.at(-1) ?? '') }) : t('accept')}
          </Button>
          <kbd className="sx-key">Enter</kbd>
        </div>
        <Outcome decisions={decisions} onUndo={undo} />
      </div>
      <div className="sx-label-choose">
        {answer && answer.alternatives.length > 0 && (
          <Section title={labels('alternatives')}>
            <Alternatives alternatives={answer.alternatives} chosen={choice} onChoose={choose} />
          </Section>
        )}
        <Section title={t('choose')}>
          {tree && (
            <LabelPicker
              tree={tree}
              choice={choice}
              along={answer?.path}
              input={input}
              onChoose={choose}
              onEnter={accept}
              onDigit={digit}
              onUndo={undo}
            />
          )}
          {query.error && !tree && <ErrorView error={query.error} onRetry={query.refresh} />}
        </Section>
        {answer && (
          <Section title={labels('why')}>
            <Why why={answer.why} />
          </Section>
        )}
        <KeyHints />
      </div>
    </section>
  )
}

/** Whether a base has an answer to give. */
const answers = ({ state }: BaseSummary): boolean =>
  state.state === 'ready' || ((state.state === 'working' || state.state === 'failed') && state.answers)

/** What is chosen before the user chose: what was decided, else the answer, unless nothing fits. */
const startOf = (answer: Suggestion | undefined): LabelPath | undefined =>
  answer?.decided?.path ?? (answer?.state === 'unknown' ? undefined : answer?.path)
