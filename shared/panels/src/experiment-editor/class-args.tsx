import type { Argument } from '@secxops/protocol/search-space/algorithm'
import type { ReactNode } from 'react'
import { useLocale } from '../i18n/text.ts'
import { Checkbox, Field } from '../ui/field.tsx'
import { useFieldOf } from './editor-context.ts'
import { ChoiceSetting, NumberSetting, TextSetting } from './settings.tsx'

/** The direction is the objective's. */
const ELSEWHERE = 'optimize_mode'

/** Arguments of a tuner or assessor, each with what it means and its default. */
export function ClassArgs({ path, args }: { path: readonly string[]; args: Record<string, Argument> }): ReactNode {
  return (
    <div className="sx-experiment-fields">
      {Object.entries(args).map(([name, argument]) =>
        name === ELSEWHERE ? null : argument.type === 'map' ? (
          <ClassArgs key={name} path={[...path, name]} args={argument.fields ?? {}} />
        ) : (
          <ArgumentField key={name} path={[...path, name]} name={name} argument={argument} />
        ),
      )}
    </div>
  )
}

function ArgumentField({
  path,
  name,
  argument,
}: {
  path: readonly string[]
  name: string
  argument: Argument
}): ReactNode {
  const locale = useLocale()
  const { value, set } = useFieldOf(path)
  const help = locale === 'en' ? argument.words.en : argument.words.zh
  const preset = argument.default === undefined || argument.default === null ? '' : String(argument.default)
  const common = { path, label: name, help, placeholder: preset }
  switch (argument.type) {
    case 'boolean':
      return (
        <Field label={name} help={help} inline>
          <Checkbox
            checked={value === undefined ? argument.default === true : value === true}
            onChange={({ target }) => set(target.checked === (argument.default === true) ? undefined : target.checked)}
          />
        </Field>
      )
    case 'choice':
      return (
        <ChoiceSetting
          {...common}
          options={[
            { value: '', label: preset },
            ...(argument.choices ?? []).map((one) => ({ value: one, label: one })),
          ]}
        />
      )
    case 'text':
      return <TextSetting {...common} mono />
    default:
      return <NumberSetting {...common} />
  }
}
