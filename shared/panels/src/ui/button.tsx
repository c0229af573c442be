import { type ButtonHTMLAttributes, forwardRef, type ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type'>

export interface ButtonProps extends Native {
  /** `primary`: the one action of a view. */
  kind?: 'primary' | 'plain' | 'link' | 'danger'
  icon?: IconName
  children: ReactNode
  submit?: boolean
}

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { kind = 'plain', icon, children, submit, ...rest },
  ref,
) {
  return (
    <button ref={ref} {...rest} type={submit ? 'submit' : 'button'} className={`sx-button sx-button-${kind}`}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  )
})

export interface IconButtonProps extends Native {
  icon: IconName
  /** Spoken name and tooltip. */
  label: string
}

export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { icon, label, title, ...rest },
  ref,
) {
  return (
    <button ref={ref} {...rest} type="button" className="sx-icon-button" aria-label={label} title={title ?? label}>
      <Icon name={icon} />
    </button>
  )
})
