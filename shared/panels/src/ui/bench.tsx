import { useState } from 'react'
import { startBench } from '../testing/bench.ts'
import { Button, IconButton } from './button.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { ErrorView } from './error-view.tsx'
import { Banner, EmptyState, Skeleton } from './feedback.tsx'
import { Checkbox, Field, Select, TextArea, TextInput } from './field.tsx'
import { Menu } from './menu.tsx'
import { mountPanel } from './panel-root.tsx'
import { StateBadge } from './state-badge.tsx'
import { Tooltip } from './tooltip.tsx'

const STATES = ['pending', 'ready', 'running', 'succeeded', 'failed', 'cancelled', 'blocked', 'cancelling'] as const

/** Every shared control once: what the tests drive and what a person looks at in each theme. */
function Gallery() {
  const [menu, setMenu] = useState<{ x: number; y: number }>()
  const [chosen, setChosen] = useState('')
  return (
    <div style={{ padding: 12, display: 'grid', gap: 12, maxWidth: 480 }}>
      <ConnectionBanner />
      <Banner level="warning" actions={[{ label: 'Open as text', run: () => setChosen('text') }]}>
        Line 4, column 7: expected a mapping.
      </Banner>
      <div className="sx-actions">
        <Button kind="primary" icon="play">
          Run
        </Button>
        <Tooltip text="Runs only what must run">
          <Button icon="continue">Continue</Button>
        </Tooltip>
        <Button kind="danger" icon="trash">
          Remove
        </Button>
        <Button disabled>Save</Button>
        <IconButton
          icon="more"
          label="More actions"
          onClick={(event) => setMenu({ x: event.clientX, y: event.clientY })}
        />
      </div>
      <div className="sx-actions">
        {STATES.map((state) => (
          <StateBadge key={state} state={state} />
        ))}
      </div>
      <Field
        label="Learning rate"
        required
        problem="Expected a number from 0 to 1, found 7."
        help="Step of the descent."
      >
        <TextInput defaultValue="7" inputMode="decimal" />
      </Field>
      <Field label="Kind">
        <Select defaultValue="b">
          <option value="a">alpha</option>
          <option value="b">beta</option>
        </Select>
      </Field>
      <Field label="Shuffle" inline>
        <Checkbox defaultChecked />
      </Field>
      <Field label="Start command">
        <TextArea mono defaultValue="python3 train.py --lr $lr" />
      </Field>
      <ErrorView
        error={{
          code: 'no-environment',
          message: 'Module train stopped with exit code 1.',
          cause: "ModuleNotFoundError: No module named 'xgboost'",
          where: { path: '/project/train/train.py', line: 3 },
          next: [{ kind: 'continue', label: 'Add and continue', runId: 'r1' }],
        }}
      />
      <EmptyState
        icon="dataset"
        text="Datasets are versions of files and folders."
        action={{ label: 'Add a file', run() {} }}
      />
      <Skeleton rows={2} />
      <output>{chosen}</output>
      {menu && (
        <Menu
          {...menu}
          label="More actions"
          onClose={() => setMenu(undefined)}
          items={[
            { id: 'open', label: 'Open', icon: 'open', run: () => setChosen('open') },
            { id: 'copy', label: 'Copy name', icon: 'copy', keys: 'Ctrl+C', run: () => setChosen('copy') },
            {
              id: 'save',
              label: 'Save version',
              icon: 'save',
              disabled: 'Nothing changed',
              run: () => setChosen('save'),
            },
            {
              id: 'trash',
              label: 'Remove',
              icon: 'trash',
              danger: true,
              separated: true,
              run: () => setChosen('trash'),
            },
          ]}
        />
      )}
    </div>
  )
}

startBench(
  (element, fake) => mountPanel(element, fake.host, <Gallery />),
  () => ({}),
)
