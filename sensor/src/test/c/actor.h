/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the actor share. */
#pragma once

/* Prints a value that the test could not know. */
void say(const char *name, long value);

/* Ends the actor when result is negative. */
void check(const char *what, long result);

void scene_owner(void);
void scene_memory(void);
void scene_protect(void);
void scene_transfer(void);
void scene_pidfd(void);
void scene_ring(void);
void scene_pair(void);
void scene_handle(void);
void scene_filesystem(void);
void scene_messages(void);
void scene_foreign(void);
void scene_requests(void);
void scene_places(void);
void scene_kinds(void);
void scene_nodes(void);
void scene_links(void);
void scene_moving(void);
void scene_forks(void);
