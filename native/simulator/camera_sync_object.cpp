#include "camera_sync_object.h"

#include <mferror.h>

#include <array>

#include "choices.h"

namespace mfvcam::simulator {

HRESULT CameraSyncObject::make(const std::shared_ptr<HostedSource>& source,
                               const std::shared_ptr<Children>& children, const KSEVENT& event,
                               const KSEVENTDATA& notification, HANDLE handle,
                               ComPtr<IMFCameraSyncObject>& syncObject) {
    ComPtr<CameraSyncObject> made;
    made.attach(new CameraSyncObject(source, children, event, notification));
    const HRESULT hr = made->enable(handle);
    if (FAILED(hr)) {
        return hr;
    }
    if (!children->add(made.get())) {
        made->Shutdown();
        return MF_E_SHUTDOWN;
    }
    syncObject.attach(made.detach());
    return hr;
}

CameraSyncObject::CameraSyncObject(const std::shared_ptr<HostedSource>& source,
                                   const std::shared_ptr<Children>& children, const KSEVENT& event,
                                   const KSEVENTDATA& notification) noexcept
    : source_(source), children_(children), event_(event), notification_(notification) {}

CameraSyncObject::~CameraSyncObject() {
    children_->remove(this);
    Shutdown();
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
        return HRESULT_FROM_WIN32(GetLastError());
    }
    ULONG returned = 0;
    const HRESULT hr =
        source_->ksEvent(&event_, sizeof(event_), &notification_, sizeof(notification_), &returned);
    enabled_ = SUCCEEDED(hr);
    return hr;
}

STDMETHODIMP CameraSyncObject::QueryInterface(REFIID iid, void** object) {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    if (iid != __uuidof(IUnknown) && iid != __uuidof(IMFCameraSyncObject)) {
        return E_NOINTERFACE;
    }
    *object = static_cast<IMFCameraSyncObject*>(this);
    AddRef();
    return S_OK;
}

STDMETHODIMP_(ULONG) CameraSyncObject::AddRef() {
    return references_.add();
}

STDMETHODIMP_(ULONG) CameraSyncObject::Release() {
    const ULONG count = references_.drop();
    if (count == 0) {
        delete this;
    }
    return count;
}

STDMETHODIMP CameraSyncObject::WaitOnSignal(DWORD timeOutInMs) {
    const ComPtr<CameraSyncObject> alive(this);
    if (shutDown_.load()) {
        return choices::kWaitShutDown;
    }
    // The signal first: an auto-reset event that was consumed must never be reported as an end.
    const std::array handles = {signal_, ended_};
    switch (WaitForMultipleObjects(2, handles.data(), FALSE, timeOutInMs)) {
        case WAIT_OBJECT_0:
            fired_.store(true);
            return S_OK;
        case WAIT_OBJECT_0 + 1:
            return choices::kWaitShutDown;
        case WAIT_TIMEOUT:
            return choices::kWaitTimedOut;
        default:
            return HRESULT_FROM_WIN32(GetLastError());
    }
}

STDMETHODIMP_(void) CameraSyncObject::Shutdown() {
    if (shutDown_.exchange(true) || !enabled_) {
        return;
    }
    SetEvent(ended_);
    if (event_.Flags == KSEVENT_TYPE_ONESHOT && fired_.load()) {
        return;
    }
    ULONG returned = 0;
    source_->ksEvent(nullptr, 0, &notification_, sizeof(notification_), &returned);
}

}  // namespace mfvcam::simulator
