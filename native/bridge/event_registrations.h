// Every Start registers a callback once more, and each registration is told of each event, in
// whatever object: this tells one event from the next.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <deque>
#include <map>

#include "lock.h"

namespace mfvcam {

struct CameraEvent {
    MediaEventType type = MEUnknown;
    HRESULT status = S_OK;
    GUID extended_type = GUID_NULL;

    bool operator==(const CameraEvent& other) const noexcept {
        return type == other.type && status == other.status && extended_type == other.extended_type;
    }
};

class EventRegistrations {
 public:
    using Id = UINT32;

    // Of a Start under way. Throws std::bad_alloc.
    Id add();
    // Its Start has succeeded, or failed.
    void keep(Id registration) noexcept;
    void remove(Id registration) noexcept;
    // Whether no other registration has told of the event before.
    bool is_new(Id registration, const CameraEvent& event) noexcept;

 private:
    Lock lock_;
    Id last_ = 0;
    // What others have told and this one has not, by registration.
    std::map<Id, std::deque<CameraEvent>> ahead_;
};

}  // namespace mfvcam
