#include "activate.h"

#include <mfapi.h>

#include "guard.h"

namespace mfvcam::source {

HRESULT Activate::create(ComPtr<Activate>* activate) {
    auto made = make_object<Activate>();
    const HRESULT hr = MFCreateAttributes(made->store_.put(), 8);
    if (SUCCEEDED(hr)) {
        *activate = std::move(made);
    }
    return hr;
}

void* Activate::find_interface(REFIID iid) noexcept {
    if (iid == __uuidof(IUnknown) || iid == __uuidof(IMFAttributes) ||
        iid == __uuidof(IMFActivate)) {
        return static_cast<IMFActivate*>(this);
    }
    return nullptr;
}

STDMETHODIMP Activate::ActivateObject(REFIID iid, void** object) noexcept {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    return guarded([&] {
        ComPtr<MediaSource> source;
        const HRESULT hr = activate(&source);
        return SUCCEEDED(hr) ? source->QueryInterface(iid, object) : hr;
    });
}

STDMETHODIMP Activate::ShutdownObject() noexcept {
    // The Frame Server's contract asks for this answer from a camera's source, and for the next.
    return E_NOTIMPL;
}

STDMETHODIMP Activate::DetachObject() noexcept {
    return E_NOTIMPL;
}

ComPtr<MediaSource> Activate::living_source() noexcept {
    std::shared_ptr<WeakLink<MediaSource>> link;
    {
        const LockGuard guard(lock_);
        link = source_;
    }
    ComPtr<MediaSource> source;
    if (link) {
        source = link->get();
    }
    if (source && source->is_shut_down()) {
        source.reset();
    }
    return source;
}

HRESULT Activate::activate(ComPtr<MediaSource>* source) {
    // The same source again while it is of use; one that was shut down is not.
    *source = living_source();
    if (*source) {
        return S_OK;
    }
    const HRESULT hr = MediaSource::create(store_.get(), source);
    if (SUCCEEDED(hr)) {
        auto link = (*source)->link();
        const LockGuard guard(lock_);
        source_.swap(link);
    }
    return hr;
}

}  // namespace mfvcam::source
