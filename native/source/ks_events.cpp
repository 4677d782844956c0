#include "ks_events.h"

#include <mferror.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#include "event_handle.h"
#include "ks_identifiers.h"
#include "system_time.h"

namespace mfvcam::source {
namespace {

constexpr std::int64_t kPingPeriod = kSecond;
// However many registrations there are and however they lie in time, pinging costs this much.
constexpr std::int64_t kPingResolution = 20 * kMillisecond;

using Batch = std::array<EventRegistry::Target, 32>;

EventIdentity identity_of(const void* address, const KSEVENTDATA& data) noexcept {
    static_assert(offsetof(KSEVENTDATA, EventHandle.Event) ==
                  offsetof(KSEVENTDATA, SemaphoreHandle.Semaphore));
    return {reinterpret_cast<std::uintptr_t>(address), data.NotificationType,
            reinterpret_cast<std::uintptr_t>(data.EventHandle.Event)};
}

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
    if (event == nullptr) {
        return event_length == 0 ? disable(data, data_length) : E_INVALIDARG;
    }
    if (event_length < sizeof(KSEVENT)) {
        return E_INVALIDARG;
    }
    KSEVENT request;
    std::memcpy(&request, event, sizeof(request));
    if (request.Set != kEventSet) {
        return HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND);
    }
    if (request.Flags == KSEVENT_TYPE_SETSUPPORT) {
        return S_OK;
    }
    if (request.Id >= MFVCAM_EVENT_COUNT) {
        return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
    }
    switch (request.Flags) {
        case KSEVENT_TYPE_BASICSUPPORT:
            return S_OK;
        case KSEVENT_TYPE_ENABLE:
        case KSEVENT_TYPE_ONESHOT:
            return enable(request, data, data_length);
        default:
            return E_INVALIDARG;
    }
}

HRESULT KsEvents::enable(const KSEVENT& event, const void* data, ULONG data_length) {
    if (data_length < sizeof(KSEVENTDATA)) {
        return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
    }
    if (data == nullptr) {
        return E_POINTER;
    }
    KSEVENTDATA event_data;
    std::memcpy(&event_data, data, sizeof(event_data));
    EventRegistry::Registration registration;
    registration.identity = identity_of(data, event_data);
    registration.oneshot = event.Flags == KSEVENT_TYPE_ONESHOT;
    HRESULT hr = E_INVALIDARG;
    if (event_data.NotificationType == KSEVENTF_EVENT_HANDLE) {
        hr = EventHandle::duplicate(event_data.EventHandle.Event, &registration.target);
    } else if (event_data.NotificationType == KSEVENTF_SEMAPHORE_HANDLE) {
        hr =
            SemaphoreHandle::duplicate(event_data.SemaphoreHandle.Semaphore,
                                       event_data.SemaphoreHandle.Adjustment, &registration.target);
    }
    if (FAILED(hr)) {
        return hr;
    }
    if (event.Id == MFVCAM_EVENT_PING) {
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
        serial = registry_.add(event.Id, std::move(registration));
    }
    if (serial == EventRegistry::kFull) {
        return HRESULT_FROM_WIN32(ERROR_NO_SYSTEM_RESOURCES);
    }
    if (event.Id == MFVCAM_EVENT_PING) {
        hr = start_ping();
        if (FAILED(hr)) {
            EventRegistry::Target removed;
            const LockGuard guard(lock_);
            registry_.remove(event.Id, serial, &removed);
            return hr;
        }
    }
    return S_OK;
}

HRESULT KsEvents::disable(const void* data, ULONG data_length) {
    if (data == nullptr) {
        if (data_length != 0) {
            return E_POINTER;
        }
        EventRegistry::Registrations removed;
        const LockGuard guard(lock_);
        registry_.remove_all(&removed);
        return S_OK;
    }
    if (data_length < sizeof(KSEVENTDATA)) {
        return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
    }
    KSEVENTDATA event_data;
    std::memcpy(&event_data, data, sizeof(event_data));
    EventRegistry::Target removed;
    const LockGuard guard(lock_);
    return registry_.remove(identity_of(data, event_data), &removed)
               ? S_OK
               : HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
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

HRESULT KsEvents::start_ping() {
    std::shared_ptr<DeadlineThread> thread;
    {
        const LockGuard guard(lock_);
        thread = ping_thread_;
    }
    if (thread == nullptr) {
        const HRESULT hr = DeadlineThread::start(
            DeadlineThread::kNever,
            [weak = weak_from_this()](std::int64_t now) {
                const std::shared_ptr<KsEvents> self = weak.lock();
                return self ? self->ping(now) : DeadlineThread::kNever;
            },
            &thread);
        if (FAILED(hr)) {
            return hr;
        }
        // Another client may have been faster, or the source shut down.
        const LockGuard guard(lock_);
        if (ping_thread_ != nullptr || shut_down_) {
            thread->stop();
            thread = ping_thread_;
        } else {
            ping_thread_ = thread;
        }
    }
    if (thread != nullptr) {
        thread->wake();
    }
    return S_OK;
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
