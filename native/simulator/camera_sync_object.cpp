#include "camera_sync_object.h"

#include <mferror.h>

#include <array>

#include "choices.h"
#include "guard.h"
#include "switches.h"
#include "trace.h"

namespace mfvcam::simulator {

HRESULT CameraSyncObject::make(const std::shared_ptr<HostedSource>& source,
                               const std::shared_ptr<Children>& children, const KSEVENT& event,
                               const KSEVENTDATA& notification, HANDLE handle,
                               ComPtr<IMFCameraSyncObject>& sync_object) {
    ComPtr<CameraSyncObject> made;
    made.attach(new CameraSyncObject(source, children, event, notification));
    const HRESULT hr = made->enable(handle);
    if (FAILED(hr)) {
        return hr;
    }
    if (!children->add(made.get())) {
        made->end();
        return MF_E_SHUTDOWN;
    }
    made->counted_.handed_out();
    sync_object.attach(made.detach());
    return hr;
}

CameraSyncObject::CameraSyncObject(const std::shared_ptr<HostedSource>& source,
                                   const std::shared_ptr<Children>& children, const KSEVENT& event,
                                   const KSEVENTDATA& notification) noexcept
    : source_(source), children_(children), event_(event), notification_(notification) {}

CameraSyncObject::~CameraSyncObject() {
    children_->remove(this);
    end();
    if (signal_ != nullptr) {
        CloseHandle(signal_);
    }
    if (ended_ != nullptr) {
        CloseHandle(ended_);
    }
}

HRESULT CameraSyncObject::enable(HANDLE handle) noexcept {
    if (DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &signal_, 0, FALSE,
                        DUPLICATE_SAME_ACCESS) == FALSE) {
        signal_ = nullptr;
        return choices::kBadHandle;
    }
    ended_ = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    if (ended_ == nullptr) {
        return hresult_from_last_error();
    }
    const HRESULT hr = source_->enable(event_, notification_, registration_);
    enabled_ = SUCCEEDED(hr);
    return hr;
}

void* CameraSyncObject::find_interface(REFIID iid) noexcept {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFCameraSyncObject);
    return known ? static_cast<IMFCameraSyncObject*>(this) : nullptr;
}

HRESULT CameraSyncObject::end_code() const noexcept {
    return ended_by_camera_.load() ? MF_E_SHUTDOWN
                                   : switches::code(switches::Switch::kWaitAfterShutdown);
}

STDMETHODIMP CameraSyncObject::WaitOnSignal(DWORD time_out_in_ms) {
    return traced(
        this, "IMFCameraSyncObject::WaitOnSignal", [&] { return wait(time_out_in_ms); },
        time_out_in_ms);
}

HRESULT CameraSyncObject::wait(DWORD time_out_in_ms) noexcept {
    const ComPtr<CameraSyncObject> alive(this);
    const bool after = shut_down_.load();
    if (after && FAILED(end_code())) {
        return end_code();
    }
    // The signal first: an auto-reset event that was consumed must never be reported as an end.
    const std::array handles = {signal_, ended_};
    const bool wakes = !after && switches::code(switches::Switch::kShutdownWakesWait) != 0;
    switch (WaitForMultipleObjects(wakes ? 2 : 1, handles.data(), FALSE, time_out_in_ms)) {
        case WAIT_OBJECT_0:
            fired_.store(true);
            return S_OK;
        case WAIT_OBJECT_0 + 1:
            return FAILED(end_code()) ? end_code() : MF_E_SHUTDOWN;
        case WAIT_TIMEOUT:
            return switches::code(switches::Switch::kWaitTimeout);
        default:
            return hresult_from_last_error();
    }
}

STDMETHODIMP_(void) CameraSyncObject::Shutdown() {
    traced(this, "IMFCameraSyncObject::Shutdown", [&] {
        counted_.shut_down();
        end();
        return S_OK;
    });
}

void CameraSyncObject::shutdown_by_camera() noexcept {
    ended_by_camera_.store(true);
    end();
}

void CameraSyncObject::end() noexcept {
    if (shut_down_.exchange(true) || !enabled_) {
        return;
    }
    SetEvent(ended_);
    if (event_.Flags == KSEVENT_TYPE_ONESHOT && fired_.load()) {
        source_->forget(registration_);
    } else {
        source_->disable(registration_);
    }
}

}  // namespace mfvcam::simulator
