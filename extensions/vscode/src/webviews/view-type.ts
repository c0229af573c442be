/** View type of every view of the backend; its address is in the page's state. */
export const VIEW_TYPE = 'secxops.view'
