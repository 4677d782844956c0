#include "start_callback.h"

#include <utility>

namespace mfvcam {

namespace {

// How the event hangs off the result is not documented: as its object, its state, or the result
// itself.
ComPtr<IMFMediaEvent> event_of(IMFAsyncResult* result) noexcept {
    ComPtr<IUnknown> carrier;
    if (SUCCEEDED(result->GetObject(carrier.put()))) {
        if (ComPtr<IMFMediaEvent> event = carrier.as<IMFMediaEvent>()) {
            return event;
        }
    }
    if (SUCCEEDED(result->GetState(carrier.put()))) {
        if (ComPtr<IMFMediaEvent> event = carrier.as<IMFMediaEvent>()) {
            return event;
        }
    }
    return ComPtr<IMFAsyncResult>(result).as<IMFMediaEvent>();
}

}  // namespace

void* StartCallback::find_interface(REFIID iid) noexcept {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAsyncCallback);
    return known ? static_cast<IMFAsyncCallback*>(this) : nullptr;
}

STDMETHODIMP StartCallback::GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) {
    return E_NOTIMPL;
}

STDMETHODIMP StartCallback::Invoke(IMFAsyncResult* result) {
    if (result == nullptr) {
        return E_POINTER;
    }
    const ComPtr<IMFMediaEvent> event = event_of(result);
    if (!event || !is_new(event)) {
        return S_OK;
    }
    MediaEventType type = MEUnknown;
    GUID extended_type = GUID_NULL;
    HRESULT status = S_OK;
    if (SUCCEEDED(event->GetType(&type))) {
        static_cast<void>(event->GetExtendedType(&extended_type));
        static_cast<void>(event->GetStatus(&status));
        camera_->on_event(type, status, extended_type);
    }
    return S_OK;
}

// Every Start registers this callback once more, and each registration is told of each event.
bool StartCallback::is_new(const ComPtr<IMFMediaEvent>& event) noexcept {
    ComPtr<IMFMediaEvent> oldest;  // released outside the lock
    const LockGuard guard(lock_);
    for (const ComPtr<IMFMediaEvent>& other : told_) {
        if (other.get() == event.get()) {
            return false;
        }
    }
    oldest = std::move(told_[next_]);
    told_[next_] = event;
    next_ = (next_ + 1) % told_.size();
    return true;
}

}  // namespace mfvcam
