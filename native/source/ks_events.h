// The source's kernel-streaming events: KsEvent, and who is signalled when something happens.
#pragma once

#include <windows.h>

#include <mfvcam.h>

#include <cstdint>
#include <memory>

#include "counters.h"
#include "deadline_thread.h"
#include "event_registry.h"
#include "ks_abi.h"
#include "ks_request.h"
#include "lock.h"

namespace mfvcam::source {

// Belongs to one source instance; its stream and the ping thread share it.
class KsEvents : public std::enable_shared_from_this<KsEvents> {
 public:
    KsEvents() : registry_(MFVCAM_EVENT_COUNT) {}
    ~KsEvents();
    KsEvents(const KsEvents&) = delete;
    KsEvents& operator=(const KsEvents&) = delete;

    // IKsControl::KsEvent.
    HRESULT ks_event(const KSEVENT* event, ULONG event_length, void* data, ULONG data_length,
                     ULONG* returned);

    // Signals all that are registered for the event. Not to be called with a lock held.
    void signal(std::uint32_t event_id) noexcept;

    // Closes every duplicate.
    void shut_down() noexcept;

    Counters& counters() noexcept { return counters_; }

 private:
    HRESULT enable(const KsEventRequest& request);
    HRESULT disable(const EventIdentity& identity) noexcept;
    HRESULT disable_all() noexcept;
    // Gives the thread that pings, one for all registrations.
    HRESULT start_ping(std::shared_ptr<DeadlineThread>* thread);
    std::int64_t ping(std::int64_t now) noexcept;
    void signal_one(std::uint32_t event_id, SignalTarget& target) noexcept;

    Counters counters_;
    Lock lock_;
    EventRegistry registry_;
    std::shared_ptr<DeadlineThread> ping_thread_;
    bool shut_down_ = false;
};

}  // namespace mfvcam::source
