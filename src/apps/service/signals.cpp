#include "apps/service/signals.hpp"

#include <pthread.h>
#include <signal.h>

namespace wa::service {

namespace {

sigset_t ending_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

void block_signals() {
    signal(SIGPIPE, SIG_IGN);
    const auto set = ending_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void wait_for_signal() {
    const auto set = ending_signals();
    int number = 0;
    sigwait(&set, &number);
}

}  // namespace wa::service
