import { render } from 'svelte/server'
import { describe, expect, it } from 'vitest'
import TextField from './TextField.svelte'

/** What stands in the one element people type in. */
function control(rows: number): Record<string, string> {
  const { body } = render(TextField, { props: { id: 'note', label: 'Notiz', hint: 'Ein Satz genügt.', need: 'Sie fehlt.', maxlength: 9, placeholder: 'Klingel defekt', spellcheck: 'false', autocapitalize: 'none', rows } })
  const [, name, attributes] = /<(input|textarea)\b([^>]*)>/.exec(body) ?? []
  const found = [...(attributes ?? '').matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])
  return { name, ...Object.fromEntries(found) }
}

describe('a text that people type freely', () => {
  it('is the same with one line and with several', () => {
    const one = control(1), several = control(3)
    expect([one.name, several.name]).toEqual(['input', 'textarea'])
    for (const key of ['id', 'maxlength', 'placeholder', 'spellcheck', 'autocapitalize', 'aria-describedby', 'aria-invalid'])
      expect([key, one[key]]).toEqual([key, several[key]])
    expect(one).toMatchObject({ placeholder: 'Klingel defekt', 'aria-describedby': 'note-hint note-error', 'aria-invalid': 'true' })
    expect([one, several].map(({ class: classes }) => classes?.includes('kern-form-input__input--error'))).toEqual([true, true])
  })
})
