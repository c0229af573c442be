/* Waits until it is told to end, and buries the children that it inherits: the first process of a Pod, and of the cluster's own namespaces. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void bury(int signal) {
  (void)signal;
  while (waitpid(-1, NULL, WNOHANG) > 0)
    ;
}

static void end(int signal) {
  (void)signal;
  _exit(0);
}

int main(void) {
  struct sigaction on_child = {.sa_handler = bury, .sa_flags = SA_NOCLDSTOP | SA_RESTART};
  struct sigaction on_end = {.sa_handler = end};
  sigaction(SIGCHLD, &on_child, NULL);
  sigaction(SIGTERM, &on_end, NULL);
  sigaction(SIGINT, &on_end, NULL);
  for (;;)
    pause();
}
