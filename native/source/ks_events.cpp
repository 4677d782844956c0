#include "ks_events.h"

#include <mferror.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "event_handle.h"
#include "ks_answer.h"
#include "ks_identifiers.h"
#include "system_time.h"

namespace mfvcam::source {
namespace {

constexpr std::int64_t kPingPeriod = kSecond;
// However many registrations there are and however they lie in time, pinging costs this much.
constexpr std::int64_t kPingResolution = 20 * kMillisecond;

using Batch = std::array<EventRegistry::Target, 32>;

}  // namespace

KsEvents::~KsEvents() {
    shut_down();
}

HRESULT KsEvents::ks_event(const KSEVENT* event, ULONG event_length, void* data, ULONG data_length,
                           ULONG* returned) {
    if (returned != nullptr) {
        *returned = 0;
    }
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return MF_E_SHUTDOWN;
        }
    }
    const KsEventRequest request = parse_ks_event({event, event_length, data, data_length},
                                                  ks_set(kEventSet), MFVCAM_EVENT_COUNT);
    if (returned != nullptr) {
        *returned = request.size;
    }
    if (request.answer != KsAnswer::proceed) {
        return ks_result(request.answer);
    }
    switch (request.action) {
        case KsEventRequest::Action::enable:
            return enable(request);
        case KsEventRequest::Action::disable:
            return disable(request.identity);
        case KsEventRequest::Action::disable_all:
            return disable_all();
    }
    return E_UNEXPECTED;
}

HRESULT KsEvents::enable(const KsEventRequest& request) {
    EventRegistry::Registration registration;
    registration.identity = request.identity;
    registration.oneshot = request.oneshot;
    // Of whatever process the number came from, here it is a value to duplicate and compare.
    auto* const client_handle = reinterpret_cast<HANDLE>(request.identity.handle);
    HRESULT hr =
        request.identity.type == kKsNotifySemaphore
            ? SemaphoreHandle::duplicate(client_handle, request.adjustment, &registration.target)
            : EventHandle::duplicate(client_handle, &registration.target);
    if (FAILED(hr)) {
        return hr;
    }
    const bool pings = request.event_id == MFVCAM_EVENT_PING;
    std::shared_ptr<DeadlineThread> ping_thread;
    if (pings) {
        // First: what can fail leaves no registration behind.
        hr = start_ping(&ping_thread);
        if (FAILED(hr)) {
            return hr;
        }
        registration.due = system_time();
    }

    // A refused registration is destroyed by the caller of add, after unlocking.
    const EventRegistry::Target kept_until_unlocked = registration.target;
    EventRegistry::Serial serial = EventRegistry::kFull;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return MF_E_SHUTDOWN;
        }
        serial = registry_.add(request.event_id, std::move(registration));
    }
    if (serial == EventRegistry::kFull) {
        return HRESULT_FROM_WIN32(ERROR_NO_SYSTEM_RESOURCES);
    }
    if (pings) {
        ping_thread->wake();
    }
    return S_OK;
}

HRESULT KsEvents::disable(const EventIdentity& identity) noexcept {
    EventRegistry::Target removed;
    const LockGuard guard(lock_);
    if (shut_down_) {
        return MF_E_SHUTDOWN;
    }
    return registry_.remove(identity, &removed) ? S_OK : HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
}

HRESULT KsEvents::disable_all() noexcept {
    EventRegistry::Registrations removed;
    const LockGuard guard(lock_);
    if (shut_down_) {
        return MF_E_SHUTDOWN;
    }
    registry_.remove_all(&removed);
    return S_OK;
}

void KsEvents::signal(std::uint32_t event_id) noexcept {
    EventRegistry::Cursor cursor;
    for (;;) {
        Batch batch;
        std::size_t count = 0;
        {
            const LockGuard guard(lock_);
            count = registry_.take(event_id, cursor, batch);
        }
        if (count == 0) {
            return;
        }
        for (std::size_t i = 0; i < count; ++i) {
            signal_one(event_id, *batch[i]);
        }
    }
}

void KsEvents::signal_one(std::uint32_t event_id, SignalTarget& target) noexcept {
    counters_.signalling(event_id, system_time());
    if (!target.signal()) {
        counters_.not_signalled(event_id);
    }
}

HRESULT KsEvents::start_ping(std::shared_ptr<DeadlineThread>* thread) {
    {
        const LockGuard guard(lock_);
        *thread = ping_thread_;
    }
    if (*thread != nullptr) {
        return S_OK;
    }
    std::shared_ptr<DeadlineThread> started;
    const HRESULT hr = DeadlineThread::start(
        DeadlineThread::kNever,
        [weak = weak_from_this()](std::int64_t now) {
            const std::shared_ptr<KsEvents> self = weak.lock();
            return self ? self->ping(now) : DeadlineThread::kNever;
        },
        &started);
    if (FAILED(hr)) {
        return hr;
    }
    {
        const LockGuard guard(lock_);
        // Another client may have been faster, or the source shut down.
        if (ping_thread_ == nullptr && !shut_down_) {
            ping_thread_ = started;
        }
        *thread = ping_thread_;
    }
    if (*thread != started) {
        started->stop();
    }
    return *thread != nullptr ? S_OK : MF_E_SHUTDOWN;
}

std::int64_t KsEvents::ping(std::int64_t now) noexcept {
    EventRegistry::Cursor cursor;
    for (;;) {
        Batch batch;
        std::size_t count = 0;
        std::int64_t next = EventRegistry::kNever;
        {
            const LockGuard guard(lock_);
            count = registry_.take_due(MFVCAM_EVENT_PING, now, kPingPeriod, cursor, batch);
            if (count == 0) {
                next = registry_.next_due(MFVCAM_EVENT_PING);
            }
        }
        if (count == 0) {
            return next == EventRegistry::kNever ? DeadlineThread::kNever
                                                 : std::max(next, now + kPingResolution);
        }
        for (std::size_t i = 0; i < count; ++i) {
            signal_one(MFVCAM_EVENT_PING, *batch[i]);
        }
    }
}

void KsEvents::shut_down() noexcept {
    EventRegistry::Registrations removed;
    std::shared_ptr<DeadlineThread> thread;
    {
        const LockGuard guard(lock_);
        shut_down_ = true;
        registry_.remove_all(&removed);
        thread = std::move(ping_thread_);
    }
    if (thread != nullptr) {
        thread->stop();
    }
}

}  // namespace mfvcam::source
