// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Component, type ReactNode } from 'react';
import { Failure } from './States';

interface Props {
  /** Another key is another try. */
  at: string;
  children: ReactNode;
}

interface State {
  error: unknown;
  at: string;
}

/**
 * Keeps the fault of one page from taking the others along. A page whose file is gone, since the
 * collector was updated meanwhile, is there again after a reload.
 */
export class Boundary extends Component<Props, State> {
  override state: State = { error: undefined, at: this.props.at };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.at === state.at ? null : { error: undefined, at: props.at };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <div className="page">
        <Failure error={this.state.error} retry={() => window.location.reload()} />
      </div>
    );
  }
}
