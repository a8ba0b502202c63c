// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Component, useEffect, useRef, type ReactNode } from 'react';
import { ApiError, send } from '../api/client';
import { useLostAt } from '../api/reach';
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
        {isOfFile(this.state.error) ? (
          <NoFile error={this.state.error} />
        ) : (
          <Failure error={this.state.error} retry={reload} />
        )}
      </div>
    );
  }
}

const reload = () => window.location.reload();

/** As Vite, Chromium, Firefox and Safari say that a file of a page did not come. */
export function isOfFile(error: unknown): boolean {
  return (
    error instanceof Error &&
    /preload CSS|dynamically imported module|Importing a module script failed/i.test(error.message)
  );
}

/** Told apart: the collector is away, and the page comes when it is back; or the file is gone. */
function NoFile({ error }: { error: unknown }) {
  const lostAt = useLostAt();
  const away = useRef(false);
  useEffect(() => {
    send('GET', '/api/v1/me').catch(() => undefined);
  }, []);
  useEffect(() => {
    if (lostAt !== undefined) away.current = true;
    else if (away.current) reload();
  }, [lostAt]);
  const told = lostAt === undefined ? error : new ApiError(0, 'unreachable', '');
  return <Failure error={told} retry={reload} />;
}
