#include "event_queue.h"

#include <mfapi.h>
#include <mferror.h>

#include "module_object.h"

namespace mfvcam::source {

HRESULT EventQueue::open() noexcept {
    return MFCreateEventQueue(queue_.put());
}

ComPtr<IMFMediaEventQueue> EventQueue::current() noexcept {
    const LockGuard guard(lock_);
    return queue_;
}

HRESULT EventQueue::GetEvent(DWORD flags, IMFMediaEvent** event) noexcept {
    if (event == nullptr) {
        return E_POINTER;
    }
    *event = nullptr;
    const auto queue = current();
    return queue ? queue->GetEvent(flags, event) : MF_E_SHUTDOWN;
}

HRESULT EventQueue::BeginGetEvent(IMFAsyncCallback* callback, IUnknown* state) noexcept {
    const auto queue = current();
    if (!queue) {
        return MF_E_SHUTDOWN;
    }
    return callback != nullptr ? queue->BeginGetEvent(callback, state) : E_POINTER;
}

HRESULT EventQueue::EndGetEvent(IMFAsyncResult* result, IMFMediaEvent** event) noexcept {
    if (event == nullptr) {
        return E_POINTER;
    }
    *event = nullptr;
    const auto queue = current();
    if (!queue) {
        return MF_E_SHUTDOWN;
    }
    return result != nullptr ? queue->EndGetEvent(result, event) : E_POINTER;
}

HRESULT EventQueue::QueueEventParamVar(MediaEventType type, REFGUID extended_type, HRESULT status,
                                       const PROPVARIANT* value) noexcept {
    if (is_null(extended_type)) {
        return E_POINTER;
    }
    const auto queue = current();
    return queue ? queue->QueueEventParamVar(type, extended_type, status, value) : MF_E_SHUTDOWN;
}

HRESULT EventQueue::queue(MediaEventType type, HRESULT status) noexcept {
    return QueueEventParamVar(type, GUID_NULL, status, nullptr);
}

HRESULT EventQueue::queue_unknown(MediaEventType type, IUnknown* value) noexcept {
    const auto queue = current();
    return queue ? queue->QueueEventParamUnk(type, GUID_NULL, S_OK, value) : MF_E_SHUTDOWN;
}

HRESULT EventQueue::queue_time(MediaEventType type, LONGLONG time) noexcept {
    PROPVARIANT value = {};
    value.vt = VT_I8;
    value.hVal.QuadPart = time;
    return QueueEventParamVar(type, GUID_NULL, S_OK, &value);
}

void EventQueue::shut_down() noexcept {
    ComPtr<IMFMediaEventQueue> queue;
    {
        const LockGuard guard(lock_);
        queue.swap(queue_);
    }
    if (queue) {
        queue->Shutdown();
    }
}

}  // namespace mfvcam::source
